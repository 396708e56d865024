// Where a zone lies and how it is drawn, whatever a visitor chose.
import type { Zone } from "../definition"
import type { Path } from "../findings"
import { same, type Changes } from "./change"
import { nameOf } from "./names"

/** Fields that are drawn, and what a designer calls them. Those of one kind only are absent elsewhere. */
const LOOKS: Record<string, string> = {
  frame: "its place or size",
  rotation: "its angle",
  align: "its alignment",
  valign: "its alignment",
  letter_case: "its capital letters",
  arc: "its arc",
  outline: "its outline",
  fit: "how the picture fills the frame",
  mask: "the shape that the picture is cut to",
  figure: "its shape",
  fill: "its colour",
  color: "its colour",
  asset: "its picture",
  text: "its words",
  font: "its font",
  size: "its size",
}
/** Compared with more care elsewhere. */
const NOT_OF_TEXT_ZONES = new Set(["size"])

/** What is drawn differently in two zones of the same kind: notices, but for texts that may not fit any more. */
export function compareLook(was: Zone, zone: Zone, at: Path, changes: Changes): void {
  const [before, after] = [new Map(Object.entries(was)), new Map(Object.entries(zone))]
  const shrinks = was.kind === "text" && zone.kind === "text" && isSmaller(zone.frame, was.frame)
  if (shrinks) {
    const message = `${nameOf(zone)} has a smaller frame: texts that filled the old one are drawn smaller or do not fit.`
    const params = { zone: zone.key, before: was.frame, after: zone.frame }
    changes.breaking([...at, "frame"], "frame_shrunk", message, params)
  }
  for (const [field, words] of Object.entries(LOOKS)) {
    if (zone.kind === "text" && (NOT_OF_TEXT_ZONES.has(field) || (shrinks && field === "frame"))) {
      continue
    }
    if (!same(before.get(field), after.get(field))) {
      changes.notice([...at, field], "look_changed", `${nameOf(zone)} changes ${words}.`, {
        zone: zone.key,
        field,
        before: before.get(field) ?? null,
        after: after.get(field) ?? null,
      })
    }
  }
}

type Size = { width: number; height: number }

function isSmaller(frame: Size, old: Size): boolean {
  return frame.width < old.width || frame.height < old.height
}
