// One zone of each kind that comparisons need, and definitions made of them.
import { SAMPLE_PLACEMENT } from "../../__tests__/sample"
import { checkDefinition } from "../check"
import type { Definition } from "../definition"

export const IMAGE_ZONE = {
  kind: "image",
  key: "photo",
  label: "Photo",
  placement: "front",
  frame: { x: 0, y: 0, width: 50, height: 50 },
  accept: ["image/jpeg", "image/png"],
  max_bytes: 5000,
  dpi: { warn: 100, block: 50 },
}
export const COLOR_ZONE = {
  kind: "color",
  key: "tint",
  label: "Tint",
  colors: [
    { name: "Red", value: "#ff0000" },
    { name: "Blue", value: "#0000ff" },
  ],
  paints: { target: "base" },
}
export const OPTION_ZONE = { kind: "option", key: "size", label: "Size", option_set: "size" }
export const SHAPE_ZONE = {
  kind: "shape",
  key: "bar",
  placement: "front",
  frame: { x: 0, y: 0, width: 50, height: 5 },
  figure: { shape: "rectangle" },
  fill: "#000000",
}

export type Json = Record<string, unknown>

/** A valid definition with a front (or the given placement) and a back. */
export function definition(zones: Json[], placement: Json = SAMPLE_PLACEMENT): Definition {
  const back = { ...SAMPLE_PLACEMENT, key: "back", label: "Back" }
  const result = checkDefinition(
    { schema: 1, placements: placement.key === "back" ? [placement] : [placement, back], zones },
    { fonts: new Set(["inter", "oswald"]), assets: new Set(["shirt", "logo"]) }
  )
  if (!result.success) {
    throw new Error(JSON.stringify(result.issues))
  }
  return result.value
}
