// The lines of a quote before they are rounded: what each price rule and each chosen option adds per unit.
import { BigNumber } from "bignumber.js"
import type { Issue } from "../issue"
import { choicesByKey } from "../selection/resolve"
import type { Selection, ZoneValue } from "../selection/selection"
import {
  isInputZone,
  localize,
  type Amounts,
  type Definition,
  type InputZone,
} from "../template/definition"
import { visibleGraphemes } from "../template/graphemes"

/** An option set with its options' surcharges in the currency of the quote; null when there is none in it. */
export type PricedOptionSet = {
  key: string
  title: string
  options: { value: string; label: string; amount: string | null }[]
}

/** `path`: the key of the zone, or of the option set that no zone takes. */
export type Line = { path: string; label: string; amount: BigNumber }

export type PricedSelection = {
  definition: Definition
  /** Effective values, as `resolveSelection` gives them. */
  values: Selection
  option_sets: PricedOptionSet[]
  base_price: string
  currency_code: string
}

/**
 * The lines of every zone that holds a value, in drawing order, then of the option sets that no zone takes, in their
 * order.
 * @param issues takes one for each amount that is needed and does not exist in the currency.
 */
export function selectionLines(input: PricedSelection, issues: Issue[]): Line[] {
  const { definition, values, option_sets } = input
  const zones = definition.zones.filter(isInputZone).flatMap((zone) => {
    const value = values[zone.key]
    return value
      ? [
          ...ruleLines(zone, value, input, issues),
          ...(zone.kind === "option"
            ? optionLine(zone.key, zone.option_set, value, input, issues)
            : []),
        ]
      : []
  })
  const isChoice = choicesByKey(definition)
  const free = option_sets.flatMap(({ key }) => {
    const value = isChoice(key) && Object.hasOwn(values, key) ? values[key] : undefined
    return value ? optionLine(key, key, value, input, issues) : []
  })
  return [...zones, ...free]
}

function ruleLines(
  zone: InputZone,
  value: ZoneValue,
  { base_price, currency_code }: PricedSelection,
  issues: Issue[]
): Line[] {
  const { price } = zone
  if (!price) {
    return []
  }
  const path = zone.key
  const name = localize(zone.label)
  const amountOf = (amounts: Amounts) => amountIn(amounts, currency_code, path, issues)
  const lines: Line[] = []
  if (price.flat) {
    lines.push({ path, label: name, amount: amountOf(price.flat) })
  }
  if (price.percent_of_base !== undefined) {
    const percent = new BigNumber(price.percent_of_base)
    const sign = percent.isNegative() ? "" : "+"
    lines.push({
      path,
      label: `${name} ${sign}${percent.toFixed()}%`,
      // Shifted by two decimals, not divided by a hundred: a division would be cut at 20 decimals.
      amount: percent.times(base_price).shiftedBy(-2),
    })
  }
  if ("per_character" in price && price.per_character && value.kind === "text") {
    const { free, amounts } = price.per_character
    const charged = visibleGraphemes(value.value.text) - free
    if (charged > 0) {
      lines.push({
        path,
        label: `${name} × ${charged}`,
        amount: amountOf(amounts).times(charged),
      })
    }
  }
  if ("per_image" in price && price.per_image && value.kind === "image") {
    lines.push({ path, label: `${name} × 1`, amount: amountOf(price.per_image) })
  }
  return lines
}

/** The surcharge of a chosen option. */
function optionLine(
  path: string,
  setKey: string,
  chosen: ZoneValue,
  { option_sets, currency_code }: PricedSelection,
  issues: Issue[]
): Line[] {
  const set = option_sets.find(({ key }) => key === setKey)
  const option = set?.options.find(({ value }) => value === chosen.value)
  if (!set || !option) {
    return []
  }
  if (option.amount === null) {
    reportNoAmount(path, currency_code, issues)
    return []
  }
  const label = `${set.title}: ${option.label}`
  return [{ path, label, amount: new BigNumber(option.amount) }]
}

/** The amount in a currency; zero in every currency when it is zero in all that are given. */
function amountIn(amounts: Amounts, currency: string, key: string, issues: Issue[]): BigNumber {
  const amount = Object.hasOwn(amounts, currency) ? amounts[currency] : undefined
  if (amount !== undefined) {
    return new BigNumber(amount)
  }
  if (!Object.values(amounts).every((other) => new BigNumber(other).isZero())) {
    reportNoAmount(key, currency, issues)
  }
  return new BigNumber(0)
}

/** Once for a zone, however many of its rules lack an amount. */
function reportNoAmount(key: string, currency: string, issues: Issue[]): void {
  if (issues.some(({ path }) => path.at(-1) === key)) {
    return
  }
  issues.push({
    path: ["options", key],
    code: "no_price_in_currency",
    message: `${key} has no price in ${currency.toUpperCase()}.`,
    params: { currency_code: currency },
  })
}
