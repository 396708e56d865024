// What changes for designs made with one version of a template when they move to another, in a designer's words.
import { compareFixedZones, compareOrder } from "./compare/fixed"
import { comparePaintOrder } from "./compare/paint-order"
import { comparePlacements } from "./compare/placements"
import { Changes, type Change } from "./compare/change"
import { compareInputZones } from "./compare/zones"
import type { Definition } from "./definition"

export type { Change } from "./compare/change"

/**
 * Compares two versions of a definition.
 *
 * `breaking`: a session or a design of the old version may be refused by the new one, lose something, ask for more, have no price
 * in a currency that it could be bought in, or print something else than its visitor chose or saw chosen. `notice`: it stays as it
 * is but may look or cost different. Names, help texts and rules that only became wider are no change.
 *
 * Breaking changes come first; otherwise the order is that of the new definition, and what is gone comes last. What option sets
 * offer or require is not a part of a definition: the default of an option zone is taken for one that its set has, and a new zone
 * of another set, or of none, whose key an option set had offered its choice under, is not seen here.
 */
export function compareDefinitions(before: Definition, after: Definition): Change[] {
  const changes = new Changes()
  comparePlacements(before, after, changes)
  compareInputZones(before, after, changes)
  compareFixedZones(before, after, changes)
  compareOrder(before, after, changes)
  comparePaintOrder(before, after, changes)
  return changes.sorted()
}
