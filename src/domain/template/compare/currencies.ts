// The currencies in which designs could be bought, and cannot be any more.
import type { InputZone } from "../definition"
import type { Path } from "../findings"
import type { Changes } from "./change"
import { listed, nameOf } from "./names"
import { amountIn, isFree, ownAmount, rulesOf, type Rule } from "./price-rules"

/** Stands for every currency that no rule names. */
const OTHER = ""

/** Breaking changes for each currency in which a zone was sold and lacks an amount now. */
export function compareCurrencies(
  was: InputZone,
  zone: InputZone,
  at: Path,
  changes: Changes
): void {
  const [before, after] = [rulesOf(was), rulesOf(zone)]
  const named = new Set([...before, ...after].flatMap(({ amounts = {} }) => Object.keys(amounts)))
  const isLost = (currency: string, from: number) => {
    const held = Math.max(from, leastOf(zone))
    return (
      held <= Math.min(mostOf(was), mostOf(zone)) &&
      held < (lackingRule(before, currency)?.from ?? Infinity)
    )
  }
  for (const [index, rule] of after.entries()) {
    const lost = [...named, OTHER].filter(
      (currency) => lackingRule(after, currency) === rule && isLost(currency, rule.from)
    )
    const old = before[index]
    const who = sufferers(rule, zone)
    const path = [...at, "price", ...rule.path]
    if (lost.includes(OTHER)) {
      const only = Object.keys(rule.amounts ?? {})
      const told = old && !isFree(old) ? "charges for more characters now" : "costs extra now"
      const message = `${nameOf(zone)} ${told}, in ${listed(only.map(upper))} only: ${who} cannot be bought in other currencies.`
      changes.breaking(path, CODE, message, { zone: zone.key, allowed: only })
      continue
    }
    for (const currency of lost) {
      const any_more = old && ownAmount(old, currency) !== undefined ? " any more" : ""
      const message = `${nameOf(zone)} has no ${rule.words} in ${upper(currency)}${any_more}: ${who} cannot be bought in ${upper(currency)}.`
      const params = { zone: zone.key, currency_code: currency }
      changes.breaking([...path, currency], CODE, message, params)
    }
  }
}

/** As a quote says it. */
const CODE = "no_price_in_currency"

/** The rule for which a zone that holds enough has no price in a currency; of several the one that needs the least. */
function lackingRule(rules: readonly Rule[], currency: string): Rule | undefined {
  return rules.find((rule) => amountIn(rule, currency) === null)
}

/** How little a filled zone may hold of what is counted: a picture of the shop's is none of the visitor's own. */
function leastOf(zone: InputZone): number {
  return zone.kind === "image" && zone.default ? 0 : 1
}

/** How much it may hold. A line break keeps two signs apart that would otherwise be counted as one character. */
function mostOf(zone: InputZone): number {
  return zone.kind === "text" ? zone.max_length + zone.max_lines - 1 : 1
}

function sufferers({ from }: Rule, zone: InputZone): string {
  if (from <= leastOf(zone)) {
    return "designs that use it"
  }
  return zone.kind === "image"
    ? "designs with a picture of the visitor's own there"
    : `designs with more than ${from - 1} characters there`
}

function upper(currency: string): string {
  return currency.toUpperCase()
}
