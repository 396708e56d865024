// Preflight: what a person should look at before a design is printed, zone by zone.
import type { Issue } from "../issue"
import { coverWarning, resolutionWarning, type UploadFacts } from "../selection/image"
import { valueIssue } from "../selection/outcome"
import { optionValuesOf, resolveSelection } from "../selection/resolve"
import type { ImageValue, Selection, TextValue } from "../selection/selection"
import type { SelectionContext } from "../selection/validate"
import type { PrintArea, ZoneOf } from "../template/definition"
import { writtenText } from "./content"
import { apply, frameToPrintArea, type Rectangle } from "./geometry"
import { fitImage } from "./image-fit"
import type { Shaper, TextOutline } from "./shape"
import { textRequest } from "./text-steps"

/** Lengths that differ less than this, in millimetres, are equal on paper. */
const TOLERANCE_MM = 0.01

/**
 * The warnings of what a visitor filled in and the print shows, in drawing order; `path` is `["options", zone]`. What the
 * template itself draws was judged when it was published.
 *
 * Codes: `text_overflow`, `glyph_missing`, `outside_safe_area` (letters that may be cut off), `low_resolution`,
 * `frame_not_covered`, `short_of_bleed` (a picture that is to run off the edge, and ends before the bleed does).
 *
 * @param context `option_sets` null for a frozen design, whose defaults stand; its uploads with the pixels of the originals, not of smaller copies
 * @param shaper null where the fonts are not at hand: texts are not judged then
 */
export function preflight(
  {
    definition,
    option_sets,
    uploads,
  }: Pick<SelectionContext, "definition" | "uploads"> & {
    option_sets: { key: string; values: string[] }[] | null
  },
  selection: Selection,
  shaper: Shaper | null
): Issue[] {
  const { values, shown } = resolveSelection(
    definition,
    selection,
    option_sets ? optionValuesOf(option_sets) : undefined
  )
  return definition.zones.flatMap((zone) => {
    const value = values[zone.key]
    if (!("placement" in zone) || !shown.has(zone.key)) {
      return []
    }
    const area = definition.placements.find(({ key }) => key === zone.placement)?.print_area
    if (zone.kind === "text" && value?.kind === "text" && area && shaper) {
      return textWarnings(zone, value.value, area, shaper)
    }
    if (zone.kind === "image" && value?.kind === "image" && area) {
      const upload = uploads[value.value.upload_id]
      return upload ? imageWarnings(zone, value.value, upload, area) : []
    }
    return []
  })
}

function textWarnings(
  zone: ZoneOf<"text">,
  value: TextValue,
  area: PrintArea,
  shaper: Shaper
): Issue[] {
  if (value.text === "") {
    return []
  }
  const { key } = zone
  const content = writtenText(zone, value)
  const text = shaper.outline(textRequest(content))
  const issues: Issue[] = []
  if (text.missing.length > 0) {
    const characters = text.missing.map(({ character }) => character)
    const message = `The font ${content.font} cannot print ${characters.join(" ")}.`
    issues.push(valueIssue(key, "glyph_missing", message, { font: content.font, characters }))
  }
  if (text.overflow) {
    const message = `${key} does not fit its frame at ${text.size} points.`
    issues.push(valueIssue(key, "text_overflow", message, { size: text.size }))
  }
  return [...issues, ...safeAreaWarning(zone, text, area)]
}

/** Letters, with the line around them, that come closer to the edge than the workshop can cut. */
function safeAreaWarning(zone: ZoneOf<"text">, text: TextOutline, area: PrintArea): Issue[] {
  const margin = area.safe_margin_mm
  if (!text.ink) {
    return []
  }
  const edge = Math.min(
    ...Object.values(insideOf(zone, grown(text.ink, zone.outline?.width_mm ?? 0), area))
  )
  if (edge >= margin - TOLERANCE_MM) {
    return []
  }
  const reach = Math.round(edge * 100) / 100
  return [
    valueIssue(
      zone.key,
      "outside_safe_area",
      `${zone.key} comes within ${Math.max(0, reach)} mm of the edge; letters less than ${margin} mm from it may be cut off.`,
      { edge_mm: reach, safe_margin_mm: margin }
    ),
  ]
}

function imageWarnings(
  zone: ZoneOf<"image">,
  value: ImageValue,
  upload: UploadFacts,
  area: PrintArea
): Issue[] {
  return [
    resolutionWarning(zone, upload, value.zoom),
    coverWarning(zone, upload, value),
    bleedWarning(zone, value, upload, area),
  ].filter((issue) => issue !== null)
}

/** A frame that runs off the edge wants a picture that does, or a white line shows where the knife is a little off. */
function bleedWarning(
  zone: ZoneOf<"image">,
  value: ImageValue,
  upload: UploadFacts,
  area: PrintArea
): Issue | null {
  const { bleed_mm: bleed } = area
  const { width, height } = zone.frame
  const frame = insideOf(zone, { x: 0, y: 0, width, height }, area)
  const picture = insideOf(zone, shownPart(zone, value, upload), area)
  const sides = (["top", "right", "bottom", "left"] as const).filter(
    (side) =>
      frame[side] <= TOLERANCE_MM - bleed &&
      picture[side] > TOLERANCE_MM - bleed &&
      frame[side] < picture[side]
  )
  return bleed > 0 && sides.length > 0
    ? valueIssue(
        zone.key,
        "short_of_bleed",
        `The picture of ${zone.key} ends before the bleed does (${sides.join(", ")}): a white line may show after cutting.`,
        { sides, bleed_mm: bleed }
      )
    : null
}

/** The box of what the frame shows of the picture, in millimetres of the frame; masks are left out of account. */
function shownPart(zone: ZoneOf<"image">, value: ImageValue, upload: UploadFacts): Rectangle {
  const fitted = fitImage(zone.frame, upload, zone.fit, value)
  const corners = cornersOf({
    x: -fitted.width / 2,
    y: -fitted.height / 2,
    width: fitted.width,
    height: fitted.height,
  }).map((corner) => apply(fitted.matrix, corner))
  const xs = corners.map(({ x }) => within(x, zone.frame.width))
  const ys = corners.map(({ y }) => within(y, zone.frame.height))
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, value))
}

/** How far a rectangle of a zone's frame lies inside of each edge of the print area, in millimetres; negative beyond it. */
function insideOf(
  zone: ZoneOf<"text" | "image">,
  box: Rectangle,
  { width_mm, height_mm }: PrintArea
): Record<"top" | "right" | "bottom" | "left", number> {
  const matrix = frameToPrintArea(zone.frame, zone.rotation)
  const corners = cornersOf(box).map((corner) => apply(matrix, corner))
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  return {
    top: Math.min(...ys),
    right: width_mm - Math.max(...xs),
    bottom: height_mm - Math.max(...ys),
    left: Math.min(...xs),
  }
}

function cornersOf({ x, y, width, height }: Rectangle) {
  return [
    { x, y },
    { x: x + width, y },
    { x, y: y + height },
    { x: x + width, y: y + height },
  ]
}

function grown({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}
