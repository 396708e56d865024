// Whether conditions say the same, however they are written.
import type { Condition } from "../condition"
import { same } from "./change"

/** Two conditions that say the same: neither the order of values or parts counts, nor how often one stands there. */
export function sameCondition(
  before: Condition | undefined,
  after: Condition | undefined
): boolean {
  return same(before && formOf(before), after && formOf(after))
}

/** A condition as its parts in a fixed order. A value alone is a list of one, and a group of one is its part. */
function formOf({ zone, filled, is, is_not, all, any, ...lists }: Condition): unknown {
  const group = all ?? any
  if (group) {
    const parts = unique(group.map(formOf))
    return parts.length === 1 ? parts[0] : { group: all ? "all" : "any", parts }
  }
  const among = is === undefined ? lists.in : [is]
  const besides = is_not === undefined ? lists.not_in : [is_not]
  return { zone, filled, among: among && unique(among), besides: besides && unique(besides) }
}

function unique(parts: readonly unknown[]): unknown[] {
  const byText = new Map(parts.map((part) => [JSON.stringify(part), part]))
  return [...byText].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, part]) => part)
}
