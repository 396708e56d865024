// A template with a zone of most kinds and a full selection for it, for the specs of plans and hashes.
import type { Selection } from "../../selection/selection"
import type { DefinitionInput } from "../../template/definition"

export const INPUT: DefinitionInput = {
  schema: 1,
  placements: [
    {
      key: "front",
      label: "Front",
      canvas: { width: 600, height: 600 },
      background: { asset: "shirt", backdrop: "#ffffff" },
      print_area: {
        width_mm: 100,
        height_mm: 100,
        dpi: 150,
        bleed_mm: 2,
        on_canvas: { x: 200, y: 150, width: 200, height: 200 },
      },
    },
    {
      key: "back",
      label: "Back",
      canvas: { width: 600, height: 600 },
      background: { asset: "shirt" },
      base_color: "#808080",
      print_area: {
        width_mm: 100,
        height_mm: 100,
        dpi: 150,
        on_canvas: { x: 200, y: 150, width: 200, height: 200 },
      },
    },
  ],
  zones: [
    {
      kind: "shape",
      key: "badge",
      placement: "front",
      frame: { x: 0, y: 0, width: 50, height: 50 },
      figure: { shape: "ellipse" },
      fill: "#ffcc00",
    },
    {
      kind: "image",
      key: "photo",
      label: "Photo",
      placement: "front",
      frame: { x: 10, y: 10, width: 80, height: 40 },
      accept: ["image/png"],
      max_bytes: 1_000_000,
      dpi: { warn: 150, block: 50 },
      mask: { shape: "ellipse" },
    },
    {
      kind: "text",
      key: "name",
      label: { en: "Your name", de: "Dein Name" },
      placement: "front",
      frame: { x: 10, y: 60, width: 80, height: 20 },
      max_length: 40,
      fonts: ["inter", "cairo"],
      size: { min: 10, max: 40, default: 30 },
      colors: [{ name: "Black", value: "#000000" }],
    },
    {
      kind: "color",
      key: "colour",
      label: "Colour",
      colors: [{ name: "Red", value: "#ff0000" }],
      paints: { target: "base" },
    },
    {
      kind: "color",
      key: "badge_colour",
      label: "Badge",
      colors: [{ name: "Blue", value: "#0000ff" }],
      paints: { target: "shape", zone: "badge" },
    },
    { kind: "option", key: "size", label: "Size", option_set: "size" },
  ],
}

export const FULL: Selection = {
  name: { kind: "text", value: { text: "Ada" } },
  photo: { kind: "image", value: { upload_id: "up_1", zoom: 1, x: 0, y: 0, rotation: 0 } },
}

/** What the design draws with. */
export const SOURCES = {
  assets: { shirt: { sha256: "a".repeat(64), width: 1000, height: 1000 } },
  uploads: { up_1: { sha256: "b".repeat(64), width: 800, height: 800 } },
}
