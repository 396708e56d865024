// The zones that visitors fill, by key: gone, new, of another kind, elsewhere, newly required, or changed in themselves.
import { isInputZone, localize, type Definition, type InputZone, type Zone } from "../definition"
import type { Path } from "../findings"
import { same, type Changes } from "./change"
import { compareColorZones, compareOptionZones } from "./choices"
import { compareImageZones } from "./image"
import { nameOf } from "./names"
import { compareLook } from "./look"
import { comparePrices } from "./prices"
import { compareTextZones } from "./text"

/** What changes for designs in the zones that visitors fill; a zone is the same as long as its key is. */
export function compareInputZones(before: Definition, after: Definition, changes: Changes): void {
  const old = new Map(before.zones.map((zone) => [zone.key, zone]))
  const kept = new Set(after.zones.map(({ key }) => key))
  for (const [index, zone] of after.zones.entries()) {
    const was = old.get(zone.key)
    const at = ["zones", index]
    if (was?.kind === zone.kind) {
      if (isInputZone(zone) && isInputZone(was)) {
        comparePlaces(was, zone, { before, after, at }, changes)
        compareZone(was, zone, at, changes)
      }
    } else if (was && (isInputZone(was) || isInputZone(zone))) {
      const message = `${nameOf(zone)} was ${KIND_NAMES[was.kind]} and is ${KIND_NAMES[zone.kind]} now: what designs hold there does not fit any more.`
      const params = { zone: zone.key, before: was.kind, after: zone.kind }
      changes.breaking([...at, "kind"], "zone_kind_changed", message, params)
    } else if (!was && isInputZone(zone)) {
      compareAdded(zone, at, before, changes)
    }
  }
  for (const [index, zone] of before.zones.entries()) {
    if (isInputZone(zone) && !kept.has(zone.key)) {
      const message = `${nameOf(zone)} is gone: what designs hold there is lost.`
      changes.breaking(["zones", index], "zone_removed", message, { zone: zone.key })
    }
  }
}

const KIND_NAMES: Record<Zone["kind"], string> = {
  text: "a text",
  image: "a picture",
  color: "a choice of colours",
  option: "a choice of options",
  shape: "a fixed shape",
  static_image: "a fixed picture",
  static_text: "a fixed text",
}

function compareAdded(zone: InputZone, at: Path, before: Definition, changes: Changes): void {
  const name = nameOf(zone)
  const params = { zone: zone.key }
  if (zone.required || zone.require_if) {
    const when = zone.required ? "must be filled" : "must be filled under some conditions"
    const message = `${name} is new and ${when}: designs without it cannot be ordered.`
    changes.breaking(at, "required_zone_added", message, params)
  }
  if (zone.kind === "option" && zone.key !== zone.option_set && !takes(before, zone.option_set)) {
    const message = `${name} takes over the options "${zone.option_set}": a choice that designs made among them is lost.`
    changes.breaking([...at, "option_set"], "option_set_taken", message, {
      ...params,
      option_set: zone.option_set,
    })
  }
  if (zone.default !== undefined) {
    const message = `${name} is new and filled from the start: designs get it too.`
    changes.breaking([...at, "default"], "default_added", message, params)
  }
  if (!zone.required && zone.default === undefined) {
    changes.notice(at, "zone_added", `${name} is new: designs leave it empty.`, params)
  }
}

function takes(definition: Definition, set: string): boolean {
  return definition.zones.some((zone) => zone.kind === "option" && zone.option_set === set)
}

type Where = { before: Definition; after: Definition; at: Path }

function comparePlaces(was: InputZone, zone: InputZone, where: Where, changes: Changes): void {
  if (!("placement" in was && "placement" in zone) || was.placement === zone.placement) {
    return
  }
  const label = (definition: Definition, key: string) =>
    localize(definition.placements.find((placement) => placement.key === key)?.label ?? key)
  const [from, to] = [label(where.before, was.placement), label(where.after, zone.placement)]
  const message = `${nameOf(zone)} moves from ${from} to ${to}.`
  changes.breaking([...where.at, "placement"], "zone_moved", message, {
    zone: zone.key,
    before: was.placement,
    after: zone.placement,
  })
}

function compareZone(was: InputZone, zone: InputZone, at: Path, changes: Changes): void {
  compareRequirements(was, zone, at, changes)
  compareDefaults(was, zone, at, changes)
  if (was.kind === "text" && zone.kind === "text") {
    compareTextZones(was, zone, at, changes)
  } else if (was.kind === "image" && zone.kind === "image") {
    compareImageZones(was, zone, at, changes)
  } else if (was.kind === "color" && zone.kind === "color") {
    compareColorZones(was, zone, at, changes)
  } else if (was.kind === "option" && zone.kind === "option") {
    compareOptionZones(was, zone, at, changes)
  }
  compareLook(was, zone, at, changes)
  comparePrices(was, zone, at, changes)
}

function compareRequirements(was: InputZone, zone: InputZone, at: Path, changes: Changes): void {
  const name = nameOf(zone)
  const params = { zone: zone.key }
  if (zone.required && !was.required) {
    const message = `${name} must be filled now: designs without it cannot be ordered.`
    changes.breaking([...at, "required"], "newly_required", message, params)
  } else if (was.required && !zone.required) {
    const message = `${name} may be left empty now.`
    changes.notice([...at, "required"], "no_longer_required", message, params)
  }
  if (!zone.required && !same(was.require_if, zone.require_if)) {
    if (zone.require_if) {
      const message = `${name} must be filled under other conditions than before: some designs without it cannot be ordered.`
      changes.breaking([...at, "require_if"], "requirement_changed", message, params)
    } else {
      const message = `${name} need not be filled under any conditions any more.`
      changes.notice([...at, "require_if"], "requirement_removed", message, params)
    }
  }
  if (!same(was.show_if, zone.show_if)) {
    const message = zone.show_if
      ? `${name} is there under other conditions than before: it may disappear from designs, or come up in them.`
      : `${name} is always there now: it may come up in designs that it was hidden in.`
    changes.breaking([...at, "show_if"], "condition_changed", message, params)
  }
}

function compareDefaults(was: InputZone, zone: InputZone, at: Path, changes: Changes): void {
  if (same(was.default, zone.default)) {
    return
  }
  const [before, after] = [was.default ?? null, zone.default ?? null]
  const told =
    before === null
      ? "is filled from the start now: designs that left it empty get that too"
      : after === null
        ? "is empty at first now: designs that relied on what stood there lose it"
        : "starts with something else now: designs that relied on what stood there change"
  changes.breaking([...at, "default"], "default_changed", `${nameOf(zone)} ${told}.`, {
    zone: zone.key,
    before,
    after,
  })
}
