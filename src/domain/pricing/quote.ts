// What a design costs: surcharge lines and a unit price, in exact decimals. bignumber.js is what Medusa's own
// BigNumber helpers stand on, so that amounts cross the border unchanged.
import { BigNumber } from "bignumber.js"
import type { Issue, Validated } from "../issue"
import { optionValuesOf, resolveSelection } from "../selection/resolve"
import type { Selection } from "../selection/selection"
import type { Definition } from "../template/definition"
import { currencyDigits } from "./currency"
import { selectionLines, type PricedOptionSet } from "./lines"

export type { PricedOptionSet } from "./lines"

/** One line of a quote. `amount` per unit, decimal string in major units, on the tax basis of the base price. */
export type Surcharge = { path: string; label: string; amount: string }
export type Quote = {
  currency_code: string
  base_price: string
  surcharges: Surcharge[]
  unit_price: string
}

/**
 * Prices a selection: one line for each price rule and each chosen option that comes to something, zones in drawing
 * order, then the option sets that no zone takes. What counts are effective values: a default costs what a visitor's own
 * value would (`per_image` aside), a hidden or empty zone costs nothing.
 *
 * The base price and each line are rounded to the currency's decimals once, halves away from zero; the unit price is their
 * exact sum, so that what is shown adds up and is what is charged. Reductions are cut, in their order, at what the increases leave to reduce:
 * the price is never below zero.
 * @param input `selection` the visitor's own values; `base_price` the variant's price per unit in `currency_code`,
 *   decimal string in major units.
 * @returns an issue for every amount that does not exist in the currency; another currency's number is never used.
 */
export function quote(input: {
  definition: Definition
  selection: Selection
  option_sets: PricedOptionSet[]
  base_price: string
  currency_code: string
}): Validated<Quote> {
  const { definition, selection, option_sets, base_price, currency_code } = input
  const choices = option_sets.map(({ key, options }) => ({
    key,
    values: options.map(({ value }) => value),
  }))
  const { values } = resolveSelection(definition, selection, optionValuesOf(choices))
  const digits = currencyDigits(currency_code)
  // A price list may hold more decimals than can be paid; what is shown and what is charged must be one number.
  const base = new BigNumber(base_price).decimalPlaces(digits, BigNumber.ROUND_HALF_UP)
  const issues: Issue[] = []
  const lines = selectionLines(
    { definition, values, option_sets, base_price: base.toFixed(), currency_code },
    issues
  )
  if (issues.length > 0) {
    return { success: false, issues }
  }
  const rounded = lines.map((line) => ({
    ...line,
    amount: line.amount.decimalPlaces(digits, BigNumber.ROUND_HALF_UP),
  }))
  const increases = rounded.filter(({ amount }) => amount.isPositive())
  let total = increases.reduce((sum, { amount }) => sum.plus(amount), base)
  const surcharges: Surcharge[] = []
  for (const { path, label, amount } of rounded) {
    const applied = amount.isPositive() ? amount : BigNumber.max(amount, total.negated())
    total = amount.isPositive() ? total : total.plus(applied)
    if (!applied.isZero()) {
      surcharges.push({ path, label, amount: applied.toFixed() })
    }
  }
  return {
    success: true,
    value: {
      currency_code,
      base_price: base.toFixed(),
      surcharges,
      unit_price: total.toFixed(),
    },
  }
}
