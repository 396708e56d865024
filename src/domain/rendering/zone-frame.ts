// Where a zone's frame lies on the canvas.
import type { ZoneContent } from "./content"
import type { PlanDraft } from "./draft"
import { compose, frameToPrintArea, type Matrix, type Rectangle } from "./geometry"

/** From millimetres in the zone's frame to pixels. */
export function zoneMatrix(draft: PlanDraft, zone: ZoneContent): Matrix {
  return compose(draft.matrix, frameToPrintArea(zone.frame, zone.rotation))
}

/** The frame in its own coordinates. */
export function frameBox({ frame }: ZoneContent): Rectangle {
  return { x: 0, y: 0, width: frame.width, height: frame.height }
}
