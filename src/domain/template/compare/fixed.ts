// What visitors cannot change: shapes, pictures and words of the shop's, and the order in which everything is drawn.
import { isInputZone, type Definition } from "../definition"
import { same, type Changes } from "./change"
import { sameCondition } from "./conditions"
import { compareLook } from "./look"
import { nameOf } from "./names"

/** Notices for zones that no visitor fills: new, gone, or drawn in another way. One that a visitor filled was another zone. */
export function compareFixedZones(before: Definition, after: Definition, changes: Changes): void {
  const fixed = ({ zones }: Definition) => zones.filter((zone) => !isInputZone(zone))
  const old = new Map(fixed(before).map((zone) => [zone.key, zone]))
  const kept = new Set(fixed(after).map(({ key }) => key))
  for (const [index, zone] of after.zones.entries()) {
    if (isInputZone(zone)) {
      continue
    }
    const at = ["zones", index]
    const params = { zone: zone.key }
    const was = old.get(zone.key)
    if (!was) {
      changes.notice(at, "zone_added", `${nameOf(zone)} is drawn besides.`, params)
    } else {
      const moved = was.kind !== zone.kind || was.placement !== zone.placement
      if (moved || !sameCondition(was.show_if, zone.show_if)) {
        const message = moved
          ? `${nameOf(zone)} is drawn elsewhere, or as something else.`
          : `${nameOf(zone)} is drawn under other conditions than before.`
        changes.notice(at, "look_changed", message, params)
      }
      if (was.kind === zone.kind) {
        compareLook(was, zone, at, changes)
      }
    }
  }
  for (const [index, zone] of before.zones.entries()) {
    if (!isInputZone(zone) && !kept.has(zone.key)) {
      changes.notice(["zones", index], "zone_removed", `${nameOf(zone)} is no longer drawn.`, {
        zone: zone.key,
      })
    }
  }
}

/** A notice when zones that both versions draw lie over each other in another order. */
export function compareOrder(before: Definition, after: Definition, changes: Changes): void {
  const drawn = ({ zones }: Definition) =>
    zones.filter((zone) => "placement" in zone).map(({ key }) => key)
  const [old, now] = [drawn(before), drawn(after)]
  const both = new Set(old.filter((key) => now.includes(key)))
  const order = now.filter((key) => both.has(key))
  if (
    !same(
      old.filter((key) => both.has(key)),
      order
    )
  ) {
    const message = "Zones are drawn in another order: they may cover each other differently."
    changes.notice(["zones"], "order_changed", message, { zones: order })
  }
}
