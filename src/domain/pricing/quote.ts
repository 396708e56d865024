// What a design costs: surcharge lines and a unit price, in exact decimals. bignumber.js is what Medusa's own
// BigNumber helpers stand on, so that amounts cross the border unchanged.
import { BigNumber } from "bignumber.js"
import type { Issue, Validated } from "../issue"
import { currencyDigits } from "./currency"
import { graphemes } from "../selection/validate"
import type { Selection } from "../selection/selection"
import { isInputZone, localize, type Amounts, type Definition } from "../template/definition"

/** An option set with its options' surcharges in the currency of the quote; null when there is none in it. */
export type PricedOptionSet = {
  key: string
  title: string
  options: { value: string; label: string; amount: string | null }[]
}

/** One line of a quote. `amount` per unit, decimal string in major units, on the tax basis of the base price. */
export type Surcharge = { path: string; label: string; amount: string }
export type Quote = {
  currency_code: string
  base_price: string
  surcharges: Surcharge[]
  unit_price: string
}

/**
 * Prices a selection. Each line is rounded to the currency's decimals, half up, once; the unit price is their exact sum,
 * so that what is shown adds up. A reduction never brings the price below zero.
 * @param input `base_price` is the variant's price per unit in `currency_code`, decimal string in major units.
 * @returns an issue for every amount that does not exist in the currency; another currency's number is never used.
 */
export function quote(input: {
  definition: Definition
  selection: Selection
  option_sets: PricedOptionSet[]
  base_price: string
  currency_code: string
}): Validated<Quote> {
  const issues: Issue[] = []
  const lines = [...zoneLines(input, issues), ...optionLines(input, issues)]
  if (issues.length > 0) {
    return { success: false, issues }
  }
  const digits = currencyDigits(input.currency_code)
  let total = new BigNumber(input.base_price)
  // Increases first: a reduction is cut at what is there to reduce.
  const ordered = [...lines].sort((a, b) => Number(a.amount.lt(0)) - Number(b.amount.lt(0)))
  const surcharges = ordered.map(({ path, label, amount }) => {
    const rounded = amount.decimalPlaces(digits, BigNumber.ROUND_HALF_UP)
    const applied = BigNumber.max(rounded, total.negated())
    total = total.plus(applied)
    return { path, label, amount: applied.toFixed() }
  })
  return {
    success: true,
    value: {
      currency_code: input.currency_code,
      base_price: new BigNumber(input.base_price).toFixed(),
      surcharges: surcharges.filter(({ amount }) => amount !== "0"),
      unit_price: total.toFixed(),
    },
  }
}

type Line = { path: string; label: string; amount: BigNumber }
type Input = Parameters<typeof quote>[0]

function zoneLines({ definition, selection, currency_code }: Input, issues: Issue[]): Line[] {
  return definition.zones.filter(isInputZone).flatMap((zone) => {
    const chosen = selection[zone.key]
    if (!chosen || !zone.price) {
      return []
    }
    const label = localize(zone.label)
    const lines: Line[] = []
    const { flat } = zone.price
    const per_character = "per_character" in zone.price ? zone.price.per_character : undefined
    if (flat) {
      const amount = amountIn(flat, currency_code, zone.key, issues)
      lines.push({ path: zone.key, label, amount })
    }
    if (per_character && chosen.kind === "text") {
      const letters = graphemes(chosen.value.text.replace(/\s/gu, ""))
      const charged = Math.max(0, letters - per_character.free)
      const each = amountIn(per_character.amounts, currency_code, zone.key, issues)
      lines.push({ path: zone.key, label: `${label} (${charged})`, amount: each.times(charged) })
    }
    return lines
  })
}

function optionLines(input: Input, issues: Issue[]): Line[] {
  const { definition, selection, option_sets, currency_code } = input
  return Object.entries(selection).flatMap(([key, chosen]) => {
    if (chosen.kind !== "option") {
      return []
    }
    const zone = definition.zones.find((candidate) => candidate.key === key)
    const setKey = zone?.kind === "option" ? zone.option_set : key
    const set = option_sets.find((candidate) => candidate.key === setKey)
    const option = set?.options.find((candidate) => candidate.value === chosen.value)
    if (!set || !option) {
      return []
    }
    if (option.amount === null) {
      issues.push(noAmount(key, currency_code))
      return []
    }
    const label = `${set.title}: ${option.label}`
    return [{ path: key, label, amount: new BigNumber(option.amount) }]
  })
}

/** The amount in a currency; zero in every currency when it is zero in all that are given. */
function amountIn(amounts: Amounts, currency: string, key: string, issues: Issue[]): BigNumber {
  const amount = amounts[currency]
  if (amount !== undefined) {
    return new BigNumber(amount)
  }
  if (!Object.values(amounts).every((other) => new BigNumber(other).isZero())) {
    issues.push(noAmount(key, currency))
  }
  return new BigNumber(0)
}

function noAmount(key: string, currency: string): Issue {
  return {
    path: ["options", key],
    code: "no_price_in_currency",
    message: `${key} has no price in ${currency.toUpperCase()}.`,
    params: { currency_code: currency },
  }
}
