// What a designer calls things.
import { localize, type Zone } from "../definition"

/** A zone's English label in quotes; fixed zones have none and go by their key. */
export function nameOf(zone: Zone): string {
  return `"${"label" in zone ? localize(zone.label) : zone.key}"`
}

/** `a`, `a and b`, `a, b and c`; long lists end with how many more there are. */
export function listed(items: readonly string[]): string {
  const [shown, more] =
    items.length > MOST + 1 ? [items.slice(0, MOST), items.length - MOST] : [items, 0]
  const all = more > 0 ? [...shown, `${more} more`] : shown
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`
}

const MOST = 8
