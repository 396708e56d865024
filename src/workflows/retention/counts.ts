// How many of each thing a removal took.

/** What can be removed, and what persons are taken out of. */
export const REMOVABLE = [
  "sessions",
  "uploads",
  "designs",
  "renders",
  "files",
  "anonymized_designs",
  "anonymized_orders",
  "webhook_bodies",
  "webhook_responses",
  "cart_lines",
  "visitors",
  "rate_limits",
] as const

/** How many of each were removed. `designs` are those that nothing refers to; the others are anonymised. */
export type RemovalCounts = Record<(typeof REMOVABLE)[number], number>

/** The sum of several; what none of them names is 0. */
export function sumCounts(...all: Partial<RemovalCounts>[]): RemovalCounts {
  return Object.fromEntries(
    REMOVABLE.map((key) => [key, all.reduce((sum, one) => sum + (one[key] ?? 0), 0)])
  ) as RemovalCounts
}
