// The drawing steps of each kind of zone.
import type { Figure } from "../template/definition"
import type {
  ImageContent,
  ShapeContent,
  StaticImageContent,
  TextContent,
  ZoneContent,
} from "./content"
import type { PlanDraft } from "./draft"
import { compose, frameToPrintArea, type Matrix, type Rectangle, scaleOf } from "./geometry"
import { DEFAULT_VIEW, effectiveDpi, fitImage, type ImageView, visiblePart } from "./image-fit"
import { findAsset, findUpload } from "./lookup"
import { ellipsePath, rectanglePath, roundedPath } from "./paths"
import type { Clip, ImageInfo } from "./render-plan"

/** How strongly hints are drawn that the visitor is to replace. */
const PLACEHOLDER_OPACITY = 0.45
/** Hints may become smaller than the zone allows for real text: they only have to be seen. */
const PLACEHOLDER_MIN_PT = 4
const EMPTY_FRAME = { fill: "#eef1f5", opacity: 0.8, line: "#7b8794" } as const

export function drawZone(draft: PlanDraft, zone: ZoneContent): void {
  switch (zone.kind) {
    case "text":
      return drawText(draft, zone)
    case "image":
      return zone.upload === null
        ? drawEmptyFrame(draft, zone)
        : drawUpload(draft, zone, zone.upload)
    case "shape":
      return drawShape(draft, zone)
    case "static_image":
      return drawStaticImage(draft, zone)
  }
}

function zoneMatrix(draft: PlanDraft, zone: ZoneContent): Matrix {
  return compose(draft.matrix, frameToPrintArea(zone.frame, zone.rotation))
}

/** The frame in its own coordinates. */
function frameBox({ frame }: ZoneContent): Rectangle {
  return { x: 0, y: 0, width: frame.width, height: frame.height }
}

function drawText(draft: PlanDraft, zone: TextContent): void {
  const outline = draft.input.shaper.outline({
    text: zone.text,
    font: zone.font,
    size: zone.size,
    min_size: zone.placeholder ? Math.min(PLACEHOLDER_MIN_PT, zone.min_size) : zone.min_size,
    auto_fit: zone.auto_fit || zone.placeholder,
    max_lines: zone.max_lines,
    frame: { width: zone.frame.width, height: zone.frame.height },
    align: zone.align,
    valign: zone.valign,
    letter_case: zone.letter_case,
  })
  if (outline.d !== "") {
    draft.steps.push({
      op: "path",
      name: `zone:${zone.key}`,
      d: outline.d,
      color: zone.color,
      opacity: zone.placeholder ? PLACEHOLDER_OPACITY : 1,
      matrix: zoneMatrix(draft, zone),
      clips: draft.clips,
    })
  }
  if (zone.placeholder) {
    return
  }
  for (const missing of outline.missing) {
    draft.warnings.push({
      path: [zone.key],
      code: "glyph_missing",
      message: `The font "${zone.font}" of "${zone.key}" has no "${missing.character}" (${missing.code_point}).`,
      params: { font: zone.font, ...missing },
    })
  }
  if (outline.overflow) {
    draft.warnings.push({
      path: [zone.key],
      code: "text_overflow",
      message: `The text of "${zone.key}" does not fit its frame at ${outline.size} points.`,
      params: { size: outline.size, lines: outline.lines, max_lines: zone.max_lines },
    })
  }
}

function drawUpload(draft: PlanDraft, zone: ImageContent, upload: string): void {
  const info = findUpload(draft.input.uploads, upload)
  drawImage(draft, zone, info, zone.fit, zone.view, [
    { d: maskPath(zone), matrix: zoneMatrix(draft, zone) },
  ])
  const dpi = effectiveDpi(zone.frame, info, zone.fit, zone.view.zoom)
  if (zone.dpi && dpi < zone.dpi.warn) {
    draft.warnings.push({
      path: [zone.key],
      code: "image_low_dpi",
      message: `The image of "${zone.key}" prints at ${Math.floor(dpi)} DPI; at least ${zone.dpi.warn} is advised.`,
      params: { dpi: Math.floor(dpi), warn: zone.dpi.warn, block: zone.dpi.block },
    })
  }
}

function drawStaticImage(draft: PlanDraft, zone: StaticImageContent): void {
  const info = findAsset(draft.input.assets, zone.asset)
  drawImage(draft, zone, info, "contain", DEFAULT_VIEW, [])
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

function maskPath(zone: ImageContent): string {
  return figurePath(zone.mask, frameBox(zone))
}

function figurePath(figure: Figure, box: Rectangle): string {
  switch (figure.shape) {
    case "rectangle":
      return rectanglePath(box)
    case "rounded":
      return roundedPath(box, figure.radius_mm)
    case "ellipse":
      return ellipsePath(box)
    case "path":
      return figure.d
  }
}

function drawShape(draft: PlanDraft, zone: ShapeContent): void {
  const box = frameBox(zone)
  draft.steps.push({
    op: "path",
    name: `zone:${zone.key}`,
    d: figurePath(zone.figure, box),
    color: zone.fill,
    opacity: 1,
    matrix: zoneMatrix(draft, zone),
    clips: draft.clips,
  })
}

/** A dashed frame with a plus: here goes a picture. */
function drawEmptyFrame(draft: PlanDraft, zone: ImageContent): void {
  const matrix = zoneMatrix(draft, zone)
  const { x: scale } = scaleOf(matrix)
  const lineWidth = Math.max(1.5, draft.extent / 480) / scale
  const { width, height } = zone.frame
  const d = maskPath(zone)
  const arm = Math.min(width, height) / 12
  const placed = { name: `zone:${zone.key}:placeholder`, matrix, clips: draft.clips }
  const cross = [
    `M${width / 2 - arm} ${height / 2}L${width / 2 + arm} ${height / 2}`,
    `M${width / 2} ${height / 2 - arm}L${width / 2} ${height / 2 + arm}`,
  ].join("")
  draft.steps.push(
    { op: "path", d, color: EMPTY_FRAME.fill, opacity: EMPTY_FRAME.opacity, ...placed },
    {
      op: "line",
      d,
      color: EMPTY_FRAME.line,
      width: lineWidth,
      dash: [lineWidth * 5, lineWidth * 4],
      ...placed,
      // Half of a line lies outside its path: clipped to the frame, it is drawn double and keeps to the inside.
      clips: [...draft.clips, { d, matrix }],
    },
    { op: "line", d: cross, color: EMPTY_FRAME.line, width: lineWidth, dash: [], ...placed }
  )
}
