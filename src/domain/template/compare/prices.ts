// What a used zone costs.
import type { InputZone } from "../definition"
import type { Path } from "../findings"
import type { Changes } from "./change"
import { compareCurrencies } from "./currencies"
import { nameOf } from "./names"
import { amountIn, ownAmount, plain, rulesOf, type Rule } from "./price-rules"

/** What is told of one amount: `undefined` where it is not given. */
type Values = { before: string | undefined; after: string | undefined }

/** What breaks in some currency, and a notice for every amount, percentage and free allowance that differs. */
export function comparePrices(was: InputZone, zone: InputZone, at: Path, changes: Changes): void {
  compareCurrencies(was, zone, at, changes)
  const before = rulesOf(was)
  for (const [index, rule] of rulesOf(zone).entries()) {
    const old = before[index]
    for (const currency of old ? repriced(old, rule) : []) {
      const words = `${rule.words} in ${currency.toUpperCase()}`
      report({ words, currency }, [...rule.path, currency], {
        before: old && ownAmount(old, currency),
        after: ownAmount(rule, currency),
      })
    }
  }
  const percentages = { before: was.price?.percent_of_base, after: zone.price?.percent_of_base }
  if (plain(percentages.before ?? "0") !== plain(percentages.after ?? "0")) {
    report({ words: "percentage of the product's price" }, ["percent_of_base"], percentages)
  }
  const free = { before: freeOf(was), after: freeOf(zone) }
  if (free.before !== free.after) {
    report({ words: "number of free characters" }, ["per_character", "free"], free)
  }

  function report(what: { words: string; currency?: string }, path: Path, values: Values): void {
    const [from, to] = [plain(values.before), plain(values.after)]
    const told =
      to === null
        ? `was ${from} and falls away`
        : from === null
          ? `is ${to} now`
          : `is ${to} instead of ${from}`
    changes.notice(
      [...at, "price", ...path],
      "price_changed",
      `For ${nameOf(zone)}, the ${what.words} ${told}.`,
      {
        zone: zone.key,
        before: from,
        after: to,
        ...(what.currency !== undefined && { currency_code: what.currency }),
      }
    )
  }
}

/** The currencies in which a rule adds another amount than before. Where it has none any more, nothing becomes cheaper. */
function repriced(old: Rule, rule: Rule): string[] {
  const named = new Set([old, rule].flatMap(({ amounts = {} }) => Object.keys(amounts)))
  return [...named].filter((currency) => {
    const amount = amountIn(rule, currency)
    return amount !== null && amount !== amountIn(old, currency)
  })
}

function freeOf({ price }: InputZone): string | undefined {
  const free = price && "per_character" in price ? price.per_character?.free : undefined
  return free === undefined ? undefined : String(free)
}
