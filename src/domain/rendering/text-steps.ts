// The drawing steps of texts, the visitor's and the template's own.
import type { TextContent } from "./content"
import type { PlanDraft } from "./draft"
import type { TextRequest } from "./shape"
import { zoneMatrix } from "./zone-frame"

/** How strongly hints are drawn that the visitor is to replace. */
const PLACEHOLDER_OPACITY = 0.45
/** The letters of an outlined hint, which have to be told from the outline below them. */
const OUTLINED_PLACEHOLDER_OPACITY = 0.75
/** Hints may become smaller than the zone allows for real text: they only have to be seen. */
const PLACEHOLDER_MIN_PT = 4

/** Adds the steps that draw a text, fitted to its frame; a placeholder faintly. */
export function drawText(draft: PlanDraft, zone: TextContent): void {
  const text = draft.input.shaper.outline(textRequest(zone))
  if (text.d !== "") {
    inkText(draft, zone, text.d)
  }
}

/** What a text zone asks of a shaper. */
export function textRequest(zone: TextContent): TextRequest {
  return {
    text: zone.text,
    font: zone.font,
    size: zone.size,
    min_size: zone.placeholder ? Math.min(PLACEHOLDER_MIN_PT, zone.min_size) : zone.min_size,
    auto_fit: zone.auto_fit || zone.placeholder,
    max_lines: zone.max_lines,
    frame: { width: zone.frame.width, height: zone.frame.height },
    inset: zone.outline?.width_mm ?? 0,
    align: zone.align,
    valign: zone.valign,
    letter_case: zone.letter_case,
    arc: zone.arc,
  }
}

function inkText(draft: PlanDraft, zone: TextContent, d: string): void {
  const placed = { matrix: zoneMatrix(draft, zone), clips: draft.clips }
  const name = `zone:${zone.key}`
  if (zone.outline) {
    draft.steps.push({
      op: "line",
      name: `${name}:outline`,
      d,
      stretch: null,
      color: zone.outline.color,
      // A line lies on both sides of its path; the letters cover the inner half.
      width: 2 * zone.outline.width_mm,
      dash: [],
      join: "round",
      opacity: zone.placeholder ? PLACEHOLDER_OPACITY : 1,
      ...placed,
    })
  }
  const hint = zone.outline ? OUTLINED_PLACEHOLDER_OPACITY : PLACEHOLDER_OPACITY
  const opacity = zone.placeholder ? hint : 1
  draft.steps.push({ op: "path", name, d, color: zone.color, opacity, ...placed })
}
