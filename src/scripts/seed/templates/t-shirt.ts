// The t-shirt's template: a photo and a name on the front, a text on the back, colour and size of the shirt.
import type { DefinitionInput } from "../../../domain/template/definition"
import { T_SHIRT_PRINT } from "../art/t-shirt"
import { GARMENT_COLORS, INK_COLORS } from "./palette"

const printArea = {
  width_mm: 300,
  height_mm: 400,
  dpi: 150,
  safe_margin_mm: 5,
  on_canvas: T_SHIRT_PRINT,
}

export const tShirtTemplate: DefinitionInput = {
  schema: 1,
  placements: [
    {
      key: "front",
      label: { en: "Front", de: "Vorderseite" },
      canvas: { width: 1200, height: 1200 },
      background: { asset: "t-shirt-front", backdrop: "#eef0f2" },
      base_color: "#ffffff",
      print_area: printArea,
    },
    {
      key: "back",
      label: { en: "Back", de: "Rückseite" },
      canvas: { width: 1200, height: 1200 },
      background: { asset: "t-shirt-back", backdrop: "#eef0f2" },
      base_color: "#ffffff",
      print_area: printArea,
    },
  ],
  zones: [
    {
      kind: "color",
      key: "shirt_color",
      label: { en: "Shirt colour", de: "Shirtfarbe" },
      colors: GARMENT_COLORS,
      default: "#ffffff",
      paints: { target: "base" },
    },
    {
      kind: "image",
      key: "photo",
      label: { en: "Your photo", de: "Dein Foto" },
      help: { en: "Printed on the chest.", de: "Wird auf die Brust gedruckt." },
      placement: "front",
      frame: { x: 35, y: 20, width: 230, height: 230 },
      accept: ["image/jpeg", "image/png", "image/webp"],
      max_bytes: 15_000_000,
      dpi: { warn: 100, block: 30 },
      mask: { shape: "rounded", radius_mm: 10 },
      price: { flat: { usd: 3.5, eur: 3.5 } },
    },
    {
      kind: "text",
      key: "name",
      label: { en: "Name", de: "Name" },
      help: {
        en: "12 characters are included, each further one costs extra.",
        de: "12 Zeichen sind inklusive, jedes weitere kostet extra.",
      },
      required: true,
      placement: "front",
      frame: { x: 15, y: 265, width: 270, height: 75 },
      placeholder: { en: "Your name", de: "Dein Name" },
      max_length: 24,
      fonts: ["pacifico", "inter-bold", "oswald-bold", "playfair-display-bold", "cairo-bold"],
      size: { min: 36, max: 170, default: 130 },
      colors: INK_COLORS,
      outline: { width_mm: 2, color: "#fffaf0" },
      price: { per_character: { free: 12, amounts: { usd: 0.25, eur: 0.25 } } },
    },
    {
      kind: "text",
      key: "back_text",
      label: { en: "Text on the back", de: "Text auf dem Rücken" },
      placement: "back",
      frame: { x: 15, y: 30, width: 270, height: 150 },
      placeholder: { en: "Back text", de: "Rückentext" },
      max_length: 60,
      max_lines: 3,
      fonts: ["oswald-bold", "inter-bold", "pacifico", "playfair-display-bold", "cairo-bold"],
      size: { min: 30, max: 200, default: 110 },
      colors: INK_COLORS,
      price: { flat: { usd: 5, eur: 5 } },
    },
    {
      kind: "option",
      key: "size",
      label: { en: "Size", de: "Größe" },
      required: true,
      option_set: "size",
    },
  ],
}
