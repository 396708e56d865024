// Two versions that differ in one zone, in short.
import { compareDefinitions } from "../compare"
import { COLOR_ZONE, definition, OPTION_ZONE, SHAPE_ZONE, type Json } from "./zones"

/** What choices may paint. */
const PAINTED = [
  SHAPE_ZONE,
  { ...SHAPE_ZONE, key: "edge" },
  {
    kind: "static_image",
    key: "badge",
    placement: "front",
    frame: SHAPE_ZONE.frame,
    asset: "shirt",
  },
]

/** What changes when a zone's fields do, as `severity code path`. */
export function changed(zone: Json, before: Json, after: Json): string[] {
  const rest = [COLOR_ZONE, OPTION_ZONE, ...PAINTED].filter(({ key }) => key !== zone.key)
  return compareDefinitions(
    definition([{ ...zone, ...before }, ...rest]),
    definition([{ ...zone, ...after }, ...rest])
  ).map(({ severity, code, path }) => `${severity} ${code} ${path.slice(2).join(".")}`)
}
