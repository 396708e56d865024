// Whether a zone is there, must be filled, and what it holds at first.
import type { InputZone } from "../definition"
import type { Path } from "../findings"
import { same, type Changes } from "./change"
import { sameCondition } from "./conditions"
import { nameOf } from "./names"

/** What changes for designs in whether a zone must be filled. */
export function compareRequirements(
  was: InputZone,
  zone: InputZone,
  at: Path,
  changes: Changes
): void {
  if (isAlwaysFilled(zone)) {
    return
  }
  const name = nameOf(zone)
  const params = { zone: zone.key }
  // Without a default, empty is what was left out; with one, only a text that its visitor took away.
  const empty = `designs ${zone.default === undefined ? "without it" : "whose text was taken away"}`
  if (zone.required && !was.required) {
    const message = `${name} must be filled now: ${empty} cannot be ordered.`
    changes.breaking([...at, "required"], "newly_required", message, params)
  } else if (was.required && !zone.required) {
    const message = zone.require_if
      ? `${name} must be filled under some conditions only now.`
      : `${name} may be left empty now.`
    changes.notice([...at, "required"], "no_longer_required", message, params)
  } else if (!zone.required && !sameCondition(was.require_if, zone.require_if)) {
    if (zone.require_if) {
      const message = `${name} must be filled under other conditions than before: some ${empty} cannot be ordered.`
      changes.breaking([...at, "require_if"], "requirement_changed", message, params)
    } else {
      const message = `${name} need not be filled under any conditions any more.`
      changes.notice([...at, "require_if"], "requirement_removed", message, params)
    }
  }
}

/** Whether the default fills a zone whatever its visitor does: only a text can be taken away. */
function isAlwaysFilled(zone: InputZone): boolean {
  return zone.kind !== "text" && zone.default !== undefined
}

/** What changes for designs in when a zone is there. */
export function comparePresence(was: InputZone, zone: InputZone, at: Path, changes: Changes): void {
  if (sameCondition(was.show_if, zone.show_if)) {
    return
  }
  const message = zone.show_if
    ? `${nameOf(zone)} is there under other conditions than before: it may disappear from designs, or come up in them.`
    : `${nameOf(zone)} is always there now: it may come up in designs that it was hidden in.`
  changes.breaking([...at, "show_if"], "condition_changed", message, { zone: zone.key })
}

/** What changes for designs in what a zone holds until its visitor chooses. */
export function compareDefaults(was: InputZone, zone: InputZone, at: Path, changes: Changes): void {
  if (same(was.default, zone.default)) {
    return
  }
  const [before, after] = [was.default ?? null, zone.default ?? null]
  const told =
    before === null
      ? "is filled from the start now: designs that left it empty get that too"
      : after === null
        ? "is empty at first now: designs that relied on what stood there lose it"
        : `starts with ${shown(after)} instead of ${shown(before)}: designs that relied on what stood there change`
  changes.breaking([...at, "default"], "default_changed", `${nameOf(zone)} ${told}.`, {
    zone: zone.key,
    before,
    after,
  })
}

/** A default as its designer wrote it. */
function shown(value: NonNullable<InputZone["default"]>): string {
  return `"${typeof value === "string" ? value : value.asset}"`
}
