// The mug's template: photos on both sides, one of them in a heart, a name and a message in Latin or Arabic script, and the finish.
import type { DefinitionInput } from "../../../domain/template/definition"
import { mugPrint } from "../art/mug"
import { INK_COLORS } from "./palette"

const printArea = { width_mm: 65, height_mm: 75, dpi: 300, safe_margin_mm: 1.5 }
/** Cairo comes first: it has Arabic and Latin letters, so that any name prints before a font is chosen. */
const fonts = ["cairo-bold", "cairo", "inter", "playfair-display", "pacifico"]
const photo = {
  kind: "image",
  accept: ["image/jpeg", "image/png", "image/webp"],
  max_bytes: 15_000_000,
  dpi: { warn: 150, block: 60 },
  mask: { shape: "rounded", radius_mm: 3 },
} as const

export const mugTemplate: DefinitionInput = {
  schema: 1,
  placements: [
    {
      key: "front",
      label: { en: "Front", de: "Vorderseite" },
      canvas: { width: 1200, height: 1200 },
      background: { asset: "mug-front" },
      print_area: { ...printArea, on_canvas: mugPrint("right") },
    },
    {
      key: "back",
      label: { en: "Back", de: "Rückseite" },
      canvas: { width: 1200, height: 1200 },
      background: { asset: "mug-back" },
      print_area: { ...printArea, on_canvas: mugPrint("left") },
    },
  ],
  zones: [
    {
      ...photo,
      accept: [...photo.accept],
      key: "photo",
      label: { en: "Your photo", de: "Dein Foto" },
      required: true,
      placement: "front",
      frame: { x: 2.5, y: 2, width: 60, height: 53 },
    },
    {
      kind: "text",
      key: "name",
      label: { en: "Name", de: "Name" },
      placement: "front",
      frame: { x: 2.5, y: 57, width: 60, height: 16 },
      placeholder: { en: "A name", de: "Ein Name" },
      max_length: 20,
      fonts,
      size: { min: 10, max: 40, default: 30 },
      colors: INK_COLORS,
    },
    {
      ...photo,
      accept: [...photo.accept],
      key: "back_photo",
      label: { en: "Second photo", de: "Zweites Foto" },
      placement: "back",
      frame: { x: 9, y: 2, width: 47, height: 44 },
      mask: {
        shape: "path",
        d: "M50 92C22 70 0 52 0 27C0 11 12 0 27 0C37 0 46 6 50 16C54 6 63 0 73 0C88 0 100 11 100 27C100 52 78 70 50 92Z",
        view_box: { width: 100, height: 92 },
      },
      price: { flat: { usd: 2, eur: 2 } },
    },
    {
      kind: "text",
      key: "message",
      label: { en: "Message", de: "Grußtext" },
      help: { en: "Up to three lines.", de: "Bis zu drei Zeilen." },
      placement: "back",
      frame: { x: 2.5, y: 49, width: 60, height: 24 },
      placeholder: { en: "Your message", de: "Dein Grußtext" },
      max_length: 60,
      max_lines: 3,
      fonts,
      size: { min: 8, max: 36, default: 20 },
      colors: INK_COLORS,
      price: { flat: { usd: 1.5, eur: 1.5 } },
    },
    {
      kind: "option",
      key: "finish",
      label: { en: "Finish", de: "Oberfläche" },
      option_set: "finish",
    },
  ],
}
