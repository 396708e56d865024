// The smallest placement and text zone, for specs of the domain.

export const SAMPLE_PLACEMENT = {
  key: "front",
  label: { en: "Front", de: "Vorne" },
  canvas: { width: 800, height: 800 },
  background: { asset: "shirt" },
  print_area: {
    width_mm: 100,
    height_mm: 100,
    dpi: 150,
    on_canvas: { x: 0, y: 0, width: 800, height: 800 },
  },
}

export const SAMPLE_TEXT_ZONE = {
  kind: "text" as const,
  key: "name",
  label: "Name",
  placement: "front",
  frame: { x: 0, y: 0, width: 100, height: 40 },
  max_length: 10,
  fonts: ["inter"],
  size: { min: 10, max: 40, default: 20 },
  colors: [{ name: "Black", value: "#000000" }],
}
