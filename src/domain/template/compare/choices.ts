// Palettes and options: what may be chosen, and what a choice changes.
import { localize, type ZoneOf } from "../definition"
import type { Path } from "../findings"
import { same, type Changes } from "./change"
import { listed, nameOf } from "./names"

type WithPalette = ZoneOf<"text" | "color">

/** Colours are what they look like: a new name for the same colour is no change. */
export function comparePalettes(
  was: WithPalette,
  zone: WithPalette,
  at: Path,
  changes: Changes
): void {
  const kept = new Set(zone.colors.map(({ value }) => value))
  const removed = was.colors.filter(({ value }) => !kept.has(value))
  if (removed.length > 0) {
    const names = removed.map(({ name }) => localize(name))
    const message = `${nameOf(zone)} no longer offers ${listed(names)}: designs with ${removed.length > 1 ? "these colours" : "this colour"} are refused.`
    changes.breaking([...at, "colors"], "colors_removed", message, {
      zone: zone.key,
      removed: removed.map(({ value }) => value),
    })
  }
}

/** What changes for designs in a color zone: its palette, and what it paints. */
export function compareColorZones(
  was: ZoneOf<"color">,
  zone: ZoneOf<"color">,
  at: Path,
  changes: Changes
): void {
  comparePalettes(was, zone, at, changes)
  if (!same(was.paints, zone.paints)) {
    const message = `${nameOf(zone)} paints something else than before.`
    const params = { zone: zone.key, before: was.paints, after: zone.paints }
    changes.notice([...at, "paints"], "look_changed", message, params)
  }
}

/** What changes for designs in an option zone: the set that it takes, and what its choices look like. */
export function compareOptionZones(
  was: ZoneOf<"option">,
  zone: ZoneOf<"option">,
  at: Path,
  changes: Changes
): void {
  const name = nameOf(zone)
  if (was.option_set !== zone.option_set) {
    const message = `${name} chooses among other options: what designs chose may not be among them.`
    const params = { zone: zone.key, before: was.option_set, after: zone.option_set }
    changes.breaking([...at, "option_set"], "option_set_changed", message, params)
  }
  if (!same(was.appearance ?? [], zone.appearance ?? [])) {
    const message = `The choices of ${name} look different, or change the picture in another way.`
    changes.notice([...at, "appearance"], "look_changed", message, { zone: zone.key })
  }
}
