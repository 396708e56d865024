// The drawing steps of pictures: the visitor's, the shop's, and the empty frame that waits for one.
import type { ImageContent, StaticImageContent } from "./content"
import type { PlanDraft } from "./draft"
import { figureOutline } from "./figures"
import { compose, scaleOf } from "./geometry"
import { DEFAULT_VIEW, fitImage, type ImageView, visiblePart } from "./image-fit"
import { findAsset, findPicture } from "./lookup"
import { rectanglePath } from "./paths"
import type { Clip, ImageInfo } from "./render-plan"
import { frameBox, zoneMatrix } from "./zone-frame"

const EMPTY_FRAME = { fill: "#eef1f5", opacity: 0.8, line: "#7b8794" } as const

/** Adds the steps that draw an image zone: its picture within its mask, or an empty frame. */
export function drawImageZone(draft: PlanDraft, zone: ImageContent): void {
  const { picture } = zone
  if (!picture) {
    drawEmptyFrame(draft, zone)
    return
  }
  const info = findPicture(draft.input, picture)
  drawImage(draft, zone, info, zone.fit, zone.view, maskClips(draft, zone))
}

/** Adds the steps that draw a picture of the shop's, whole in its frame. */
export function drawStaticImage(draft: PlanDraft, zone: StaticImageContent): void {
  const info = findAsset(draft.input.assets, zone.asset)
  drawImage(draft, zone, info, "contain", DEFAULT_VIEW, [])
}

/** A path may leave its view box, and with it the frame; the picture keeps to both. */
function maskClips(draft: PlanDraft, zone: ImageContent): Clip[] {
  const matrix = zoneMatrix(draft, zone)
  const { d, stretch } = figureOutline(zone.mask, frameBox(zone))
  const mask = { d, matrix: compose(matrix, stretch) }
  return zone.mask.shape === "path" ? [{ d: rectanglePath(frameBox(zone)), matrix }, mask] : [mask]
}

/** Takes only the part that shows, at the size it shows at. */
function drawImage(
  draft: PlanDraft,
  zone: ImageContent | StaticImageContent,
  info: ImageInfo,
  fit: "cover" | "contain",
  view: ImageView,
  masks: Clip[]
): void {
  const fitted = fitImage(zone.frame, info, fit, view)
  const part = visiblePart(zone.frame, info, fitted)
  if (!part) {
    return
  }
  const matrix = compose(zoneMatrix(draft, zone), fitted.matrix)
  const mmPerPixel = fitted.width / info.width
  const box = {
    x: (part.x - info.width / 2) * mmPerPixel,
    y: (part.y - info.height / 2) * mmPerPixel,
    width: part.width * mmPerPixel,
    height: part.height * mmPerPixel,
  }
  const scale = scaleOf(matrix)
  const id = `zone:${zone.key}`
  draft.images.push({
    id,
    sha256: info.sha256,
    source: { width: info.width, height: info.height },
    part,
    // Never larger than the source: the canvas enlarges as well as anything would.
    width: Math.min(part.width, Math.max(1, Math.round(box.width * scale.x))),
    height: Math.min(part.height, Math.max(1, Math.round(box.height * scale.y))),
    tint: null,
  })
  draft.steps.push({
    op: "image",
    name: id,
    image: id,
    box,
    matrix,
    clips: [...draft.clips, ...masks],
  })
}

/** A dashed frame with a plus: here goes a picture. */
function drawEmptyFrame(draft: PlanDraft, zone: ImageContent): void {
  const matrix = zoneMatrix(draft, zone)
  const { x: scale } = scaleOf(matrix)
  const lineWidth = Math.max(1.5, draft.extent / 480) / scale
  const { width, height } = zone.frame
  const { d, stretch } = figureOutline(zone.mask, frameBox(zone))
  const clips = [...draft.clips, ...maskClips(draft, zone)]
  const arm = Math.min(width, height) / 12
  const name = `zone:${zone.key}:placeholder`
  const line = { color: EMPTY_FRAME.line, opacity: 1, width: lineWidth, join: "miter" } as const
  const cross = [
    `M${width / 2 - arm} ${height / 2}L${width / 2 + arm} ${height / 2}`,
    `M${width / 2} ${height / 2 - arm}L${width / 2} ${height / 2 + arm}`,
  ].join("")
  draft.steps.push(
    {
      op: "path",
      name,
      d,
      color: EMPTY_FRAME.fill,
      opacity: EMPTY_FRAME.opacity,
      matrix: compose(matrix, stretch),
      clips,
    },
    // Half of a line lies outside its path: clipped to the figure, it is drawn double and keeps to the inside.
    {
      op: "line",
      name,
      d,
      stretch,
      dash: [lineWidth * 5, lineWidth * 4],
      ...line,
      matrix,
      clips,
    },
    { op: "line", name, d: cross, stretch: null, dash: [], ...line, matrix, clips: draft.clips }
  )
}
