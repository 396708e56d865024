// The phone case's template: a photo below the camera, a monogram on a badge, colours of case and badge, the case's type.
import type { DefinitionInput } from "../../../domain/template/definition"
import { CASE_PANEL } from "../art/phone-case"

const { x, y, width, height } = CASE_PANEL

export const phoneCaseTemplate: DefinitionInput = {
  schema: 1,
  placements: [
    {
      key: "back",
      label: { en: "Back", de: "Rückseite" },
      canvas: { width: 1200, height: 1200 },
      background: { asset: "phone-case-back", backdrop: "#eef0f2" },
      base_color: "#ffffff",
      print_area: {
        width_mm: 68,
        height_mm: 102,
        dpi: 300,
        safe_margin_mm: 3,
        on_canvas: { x, y, width, height },
      },
    },
  ],
  zones: [
    {
      kind: "option",
      key: "model",
      label: { en: "Phone model", de: "Handymodell" },
      required: true,
      option_set: "model",
    },
    {
      kind: "color",
      key: "case_color",
      label: { en: "Case colour", de: "Hüllenfarbe" },
      colors: [
        { name: { en: "White", de: "Weiß" }, value: "#ffffff" },
        { name: { en: "Lilac", de: "Flieder" }, value: "#c9b8e4" },
        { name: { en: "Mint", de: "Mint" }, value: "#a9d8c6" },
        { name: { en: "Coral", de: "Koralle" }, value: "#ef8d79" },
        { name: { en: "Petrol", de: "Petrol" }, value: "#2f7f78" },
        { name: { en: "Graphite", de: "Graphit" }, value: "#4a4c54" },
      ],
      default: "#ffffff",
      paints: { target: "base" },
    },
    {
      kind: "image",
      key: "photo",
      label: { en: "Your photo", de: "Dein Foto" },
      required: true,
      placement: "back",
      frame: { x: 0, y: 0, width: 68, height: 102 },
      accept: ["image/jpeg", "image/png", "image/webp"],
      max_bytes: 15_000_000,
      dpi: { warn: 150, block: 60 },
      mask: { shape: "rounded", radius_mm: 8.8 },
    },
    {
      kind: "shape",
      key: "badge",
      placement: "back",
      frame: { x: 21, y: 69, width: 26, height: 26 },
      figure: { shape: "ellipse" },
      fill: "#fdf6ec",
    },
    {
      kind: "color",
      key: "badge_color",
      label: { en: "Badge colour", de: "Farbe des Medaillons" },
      colors: [
        { name: { en: "Ivory", de: "Elfenbein" }, value: "#fdf6ec" },
        { name: { en: "Rose", de: "Rosé" }, value: "#e8b4b0" },
        { name: { en: "Gold", de: "Gold" }, value: "#d9b565" },
        { name: { en: "Sky", de: "Himmelblau" }, value: "#b5d3e7" },
      ],
      default: "#fdf6ec",
      paints: { target: "shape", zone: "badge" },
    },
    {
      kind: "text",
      key: "monogram",
      label: { en: "Monogram", de: "Monogramm" },
      help: { en: "One to three letters.", de: "Ein bis drei Buchstaben." },
      required: true,
      placement: "back",
      frame: { x: 24, y: 73, width: 20, height: 18 },
      placeholder: { en: "ABC", de: "ABC" },
      max_length: 3,
      fonts: ["playfair-display-bold", "oswald-bold", "inter-bold", "cairo-bold"],
      size: { min: 12, max: 48, default: 34 },
      colors: [
        { name: { en: "Ink", de: "Tinte" }, value: "#2a2340" },
        { name: { en: "Wine", de: "Weinrot" }, value: "#7a2740" },
        { name: { en: "Pine", de: "Tanne" }, value: "#1f4a3d" },
      ],
      letter_case: "upper",
      price: { flat: { usd: 2.5, eur: 2.5 } },
    },
    {
      kind: "option",
      key: "case_type",
      label: { en: "Case type", de: "Hüllentyp" },
      option_set: "case_type",
    },
  ],
}
