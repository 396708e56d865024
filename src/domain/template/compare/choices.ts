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
    const message = `${nameOf(zone)} colours ${painted(zone)} instead of ${painted(was)}: designs print something else than they did.`
    const params = { zone: zone.key, before: was.paints, after: zone.paints }
    changes.breaking([...at, "paints"], "print_changed", message, params)
  }
}

function painted({ paints }: ZoneOf<"color">): string {
  return paints.target === "base" ? "the product" : `"${paints.zone}"`
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
  compareAppearances(was, zone, at, changes)
}

type Appearance = NonNullable<ZoneOf<"option">["appearance"]>[number]

/** Shapes and the shop's pictures are printed; the product's colour and photo are there in previews only. */
function compareAppearances(
  was: ZoneOf<"option">,
  zone: ZoneOf<"option">,
  at: Path,
  changes: Changes
): void {
  const looks = ({ appearance = [] }: ZoneOf<"option">) =>
    new Map(appearance.map((look) => [look.value, look]))
  const [before, after] = [looks(was), looks(zone)]
  const values = [...new Set([...before.keys(), ...after.keys()])]
  const differing = (part: (look: Partial<Appearance>) => unknown) =>
    values.filter((value) => !same(part(before.get(value) ?? {}), part(after.get(value) ?? {})))
  const printed = differing(({ fills = {}, images = {} }) => ({ fills, images }))
  const shown = differing(({ swatch = {}, base_color, backgrounds = {} }) => ({
    swatch,
    base_color,
    backgrounds,
  }))
  const choosing = (chosen: string[]) =>
    `Choosing ${listed(chosen.map((value) => `"${value}"`))} in ${nameOf(zone)}`
  if (printed.length > 0) {
    const message = `${choosing(printed)} prints other colours or pictures than before.`
    const params = { zone: zone.key, values: printed }
    changes.breaking([...at, "appearance"], "print_changed", message, params)
  }
  if (shown.length > 0) {
    const message = `${choosing(shown)} looks different in previews, or its button does.`
    const params = { zone: zone.key, values: shown }
    changes.notice([...at, "appearance"], "look_changed", message, params)
  }
}
