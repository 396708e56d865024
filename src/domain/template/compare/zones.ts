// The zones that visitors fill, by key: gone, new, of another kind, elsewhere, newly required, or changed in themselves.
import { choicesByKey } from "../../selection/resolve"
import { isInputZone, localize, type Definition, type InputZone, type ZoneOf } from "../definition"
import type { Path } from "../findings"
import type { Changes } from "./change"
import { compareColorZones, compareOptionZones } from "./choices"
import { compareImageZones } from "./image"
import { compareLook } from "./look"
import { nameOf } from "./names"
import { comparePrices } from "./prices"
import { compareDefaults, comparePresence, compareRequirements } from "./requirements"
import { compareTextZones } from "./text"

/**
 * What changes for designs in the zones that visitors fill; a zone is the same as long as its key is. A fixed zone that had the
 * key held nothing of theirs.
 */
export function compareInputZones(before: Definition, after: Definition, changes: Changes): void {
  const old = new Map(before.zones.filter(isInputZone).map((zone) => [zone.key, zone]))
  const kept = new Set(after.zones.filter(isInputZone).map(({ key }) => key))
  for (const [index, zone] of after.zones.entries()) {
    if (!isInputZone(zone)) {
      continue
    }
    const was = old.get(zone.key)
    const at = ["zones", index]
    if (was?.kind === zone.kind) {
      comparePlaces(was, zone, { before, after, at }, changes)
      compareZone(was, zone, at, changes)
    } else if (was) {
      const message = `${nameOf(zone)} was ${KIND_NAMES[was.kind]} and is ${KIND_NAMES[zone.kind]} now: what designs hold there does not fit any more.`
      const params = { zone: zone.key, before: was.kind, after: zone.kind }
      changes.breaking([...at, "kind"], "zone_kind_changed", message, params)
    } else {
      compareAdded(zone, at, before, changes)
    }
  }
  for (const [index, zone] of before.zones.entries()) {
    if (isInputZone(zone) && !kept.has(zone.key)) {
      compareRemoved(zone, ["zones", index], after, changes)
    }
  }
}

const KIND_NAMES: Record<InputZone["kind"], string> = {
  text: "a text",
  image: "a picture",
  color: "a choice of colours",
  option: "a choice of options",
}

function compareAdded(zone: InputZone, at: Path, before: Definition, changes: Changes): void {
  const name = nameOf(zone)
  const params = { zone: zone.key }
  if (zone.kind === "option" && choicesByKey(before)(zone.option_set)) {
    if (zone.key === zone.option_set) {
      const message = `${name} is new: designs keep what they chose from its options before.`
      changes.notice(at, "zone_added", message, params)
      compareZone(bareChoice(zone), zone, at, changes)
      return
    }
    const message = `${name} takes over the options "${zone.option_set}": a choice that designs made among them is lost.`
    changes.breaking([...at, "option_set"], "option_set_taken", message, {
      ...params,
      option_set: zone.option_set,
    })
  }
  if (zone.default !== undefined) {
    const message = `${name} is new and filled from the start: designs get it too.`
    changes.breaking([...at, "default"], "default_added", message, params)
  } else if (zone.required || zone.require_if) {
    const when = zone.required ? "must be filled" : "must be filled under some conditions"
    const message = `${name} is new and ${when}: designs without it cannot be ordered.`
    changes.breaking(at, "required_zone_added", message, params)
  } else {
    changes.notice(at, "zone_added", `${name} is new: designs leave it empty.`, params)
  }
}

/** `at` in the old definition. An option set that no zone takes is offered under its own key. */
function compareRemoved(zone: InputZone, at: Path, after: Definition, changes: Changes): void {
  const name = nameOf(zone)
  const params = { zone: zone.key }
  const { key } = zone
  if (zone.kind === "option" && zone.option_set === key && choicesByKey(after)(key)) {
    const message = `${name} is gone, but its options are offered all the same: designs keep what they chose.`
    changes.notice(at, "zone_removed", message, params)
    compareZone(zone, bareChoice(zone), at, changes)
  } else {
    const message = `${name} is gone: what designs hold there is lost.`
    changes.breaking(at, "zone_removed", message, params)
  }
}

/** What is left of an option zone where only its set is offered: no default, condition, look or price of its own. */
function bareChoice({ kind, key, label, option_set }: ZoneOf<"option">): ZoneOf<"option"> {
  return { kind, key, label, option_set, required: false }
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
  comparePresence(was, zone, at, changes)
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
