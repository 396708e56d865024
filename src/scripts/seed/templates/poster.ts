// The poster's template: a photo above a title and a caption on coloured paper, with paper and a frame that shows.
import type { DefinitionInput } from "../../../domain/template/definition"
import { SHEET } from "../art/poster"
import { INK_COLORS } from "./palette"

export const posterTemplate: DefinitionInput = {
  schema: 1,
  placements: [
    {
      key: "sheet",
      label: { en: "Poster", de: "Poster" },
      canvas: { width: 1200, height: 1500 },
      background: { asset: "poster-sheet" },
      print_area: {
        width_mm: 300,
        height_mm: 400,
        dpi: 150,
        bleed_mm: 3,
        safe_margin_mm: 10,
        on_canvas: SHEET,
      },
    },
  ],
  zones: [
    {
      // Reaches into the bleed on every side, so that the cut shows no white edge.
      kind: "shape",
      key: "paper_fill",
      placement: "sheet",
      frame: { x: -3, y: -3, width: 306, height: 406 },
      figure: { shape: "rectangle" },
      fill: "#ffffff",
    },
    {
      kind: "color",
      key: "background_color",
      label: { en: "Background", de: "Hintergrund" },
      colors: [
        { name: { en: "White", de: "Weiß" }, value: "#ffffff" },
        { name: { en: "Cream", de: "Creme" }, value: "#f5ecdc" },
        { name: { en: "Blush", de: "Zartrosa" }, value: "#f0d5cd" },
        { name: { en: "Sage", de: "Salbei" }, value: "#c6d0bd" },
        { name: { en: "Sky", de: "Himmelblau" }, value: "#c9dcea" },
        { name: { en: "Midnight", de: "Mitternacht" }, value: "#1d2638" },
      ],
      default: "#ffffff",
      paints: { target: "shape", zone: "paper_fill" },
    },
    {
      kind: "image",
      key: "photo",
      label: { en: "Your photo", de: "Dein Foto" },
      required: true,
      placement: "sheet",
      frame: { x: 20, y: 20, width: 260, height: 280 },
      accept: ["image/jpeg", "image/png", "image/webp"],
      max_bytes: 15_000_000,
      dpi: { warn: 100, block: 30 },
    },
    {
      kind: "text",
      key: "title",
      label: { en: "Title", de: "Titel" },
      required: true,
      placement: "sheet",
      frame: { x: 20, y: 310, width: 260, height: 42 },
      placeholder: { en: "Your title", de: "Dein Titel" },
      max_length: 40,
      fonts: ["playfair-display-bold", "oswald-bold", "inter-bold", "pacifico", "cairo-bold"],
      size: { min: 24, max: 110, default: 84 },
      colors: INK_COLORS,
    },
    {
      // A fine line between title and caption, where there is a caption.
      kind: "shape",
      key: "rule",
      placement: "sheet",
      frame: { x: 130, y: 353, width: 40, height: 0.8 },
      figure: { shape: "rectangle" },
      fill: "#c79a3b",
      show_if: { zone: "caption", filled: true },
    },
    {
      kind: "text",
      key: "caption",
      label: { en: "Caption", de: "Unterzeile" },
      help: { en: "A date or a place, for example.", de: "Zum Beispiel ein Datum oder Ort." },
      placement: "sheet",
      frame: { x: 30, y: 354, width: 240, height: 24 },
      placeholder: { en: "Place and date", de: "Ort und Datum" },
      max_length: 80,
      max_lines: 2,
      fonts: ["inter", "playfair-display", "oswald", "cairo"],
      size: { min: 14, max: 40, default: 28 },
      colors: INK_COLORS,
    },
    {
      kind: "option",
      key: "paper",
      label: { en: "Paper", de: "Papier" },
      option_set: "paper",
    },
    {
      kind: "option",
      key: "frame",
      label: { en: "Frame", de: "Rahmen" },
      option_set: "frame",
      appearance: [
        { value: "none", swatch: { color: "#f4f1ea" } },
        {
          value: "black",
          swatch: { color: "#232427" },
          backgrounds: { sheet: "poster-sheet-black" },
        },
        {
          value: "oak",
          swatch: { color: "#d0a873" },
          backgrounds: { sheet: "poster-sheet-oak" },
        },
      ],
    },
  ],
}
