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

/** Notices for what is drawn differently in two zones of the same kind. */
export function compareLook(was: Zone, zone: Zone, at: Path, changes: Changes): void {
  const [before, after] = [new Map(Object.entries(was)), new Map(Object.entries(zone))]
  for (const [field, words] of Object.entries(LOOKS)) {
    if (zone.kind === "text" && NOT_OF_TEXT_ZONES.has(field)) {
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
