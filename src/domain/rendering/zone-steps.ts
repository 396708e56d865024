// The drawing steps of each kind of zone.
import type { ShapeContent, ZoneContent } from "./content"
import type { PlanDraft } from "./draft"
import { figureOutline } from "./figures"
import { compose } from "./geometry"
import { drawImageZone, drawStaticImage } from "./image-steps"
import { drawText } from "./text-steps"
import { frameBox, zoneMatrix } from "./zone-frame"

/** Adds the steps that draw a zone. @throws RenderError for a picture or a font that is not at hand. */
export function drawZone(draft: PlanDraft, zone: ZoneContent): void {
  switch (zone.kind) {
    case "text":
      return drawText(draft, zone)
    case "image":
      return drawImageZone(draft, zone)
    case "shape":
      return drawShape(draft, zone)
    case "static_image":
      return drawStaticImage(draft, zone)
  }
}

function drawShape(draft: PlanDraft, zone: ShapeContent): void {
  const { d, stretch } = figureOutline(zone.figure, frameBox(zone))
  draft.steps.push({
    op: "path",
    name: `zone:${zone.key}`,
    d,
    color: zone.fill,
    opacity: 1,
    matrix: compose(zoneMatrix(draft, zone), stretch),
    clips: draft.clips,
  })
}
