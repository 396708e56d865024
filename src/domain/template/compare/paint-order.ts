// The order in which choices colour or replace what is printed: the last one wins.
import type { Definition, Zone } from "../definition"
import { same, type Changes } from "./change"
import { listed, nameOf } from "./names"

/** A breaking change for every shape and picture of the shop's that choices of both versions change in another order. */
export function comparePaintOrder(before: Definition, after: Definition, changes: Changes): void {
  for (const target of after.zones) {
    const painters = ({ zones }: Definition) =>
      zones.filter((zone) => paints(zone, target.key)).map(({ key }) => key)
    const [old, now] = [painters(before), painters(after)]
    const order = now.filter((key) => old.includes(key))
    if (
      same(
        old.filter((key) => now.includes(key)),
        order
      )
    ) {
      continue
    }
    const names = after.zones.filter(({ key }) => order.includes(key)).map(nameOf)
    const message = `${listed(names)} colour or replace ${nameOf(target)} in another order: where designs chose both, another one is printed.`
    const params = { zone: target.key, zones: order }
    changes.breaking(["zones"], "print_changed", message, params)
  }
}

function paints(zone: Zone, target: string): boolean {
  switch (zone.kind) {
    case "color":
      return zone.paints.target === "shape" && zone.paints.zone === target
    case "option":
      return (zone.appearance ?? []).some(
        ({ fills = {}, images = {} }) =>
          Object.hasOwn(fills, target) || Object.hasOwn(images, target)
      )
    default:
      return false
  }
}
