// Plans the options of a set that is not bound: which are new, which stay, and what becomes of their amounts. Pure.
import { tooPrecise } from "../../domain/pricing/currency"
import type { Issue } from "../../domain/issue"
import type { OptionRecord, OptionSetDraft } from "../../modules/personalization/option-set-store"
import { cleanValue, optionValueKey, type OptionInput } from "./input"
import { duplicateOption, readOnly, required, type OptionsPlan } from "./option-plan"
import type { AmountsByCurrency, PriceChange } from "./prices"

type SellingCurrencies = { default_currency: string; supported: Set<string> }

/**
 * Options are told apart by their value's key: one that is there keeps its id and price set, one that is not given is
 * left out of the plan, and so is one whose value is missing: only its faults are found. `before` and its `amounts` by price set are what is stored.
 */
export function planOwnOptions(input: {
  before: OptionRecord[]
  amounts: Map<string, AmountsByCurrency>
  currencies: SellingCurrencies
  given: Partial<OptionInput>[]
}): OptionsPlan {
  const { before, amounts, currencies, given } = input
  const options: OptionSetDraft["options"] = []
  const new_prices: AmountsByCurrency[] = []
  const price_index: Record<number, number> = {}
  const price_changes: PriceChange[] = []
  const issues: Issue[] = []
  const duplicates: Issue[] = []
  const seen = new Set<string>()
  if (given.length === 0) {
    issues.push(required(["options"]))
  }
  for (const [index, option] of given.entries()) {
    const at = ["options", index]
    const { value } = option
    const value_key = value === undefined ? undefined : optionValueKey(value)
    const known = before.find((row) => row.value_key === value_key)
    if (value !== undefined && value_key !== undefined) {
      if (seen.has(value_key)) {
        duplicates.push(duplicateOption(index, value))
      }
      seen.add(value_key)
      if (option.id !== undefined && option.id !== known?.id) {
        issues.push(readOnly([...at, "id"]))
      }
    }
    const stored = amounts.get(known?.price_set_id ?? "") ?? {}
    const { amounts: wanted, dropped } = wantedAmounts(option, stored, currencies, at, issues)
    const isNew = !known?.price_set_id && (value !== undefined || before.length === 0)
    if (isNew && option.label === undefined) {
      issues.push(required([...at, "label"]))
    }
    if (isNew && (option.price_delta === undefined || option.price_delta === null)) {
      issues.push(required([...at, "price_delta"]))
    }
    if (value === undefined || value_key === undefined) {
      continue
    }
    if (known?.price_set_id) {
      const removals = Object.fromEntries(dropped.map((currency) => [currency, null]))
      price_changes.push({
        price_set_id: known.price_set_id,
        amounts: { ...removals, ...wanted },
      })
    } else {
      price_index[index] = new_prices.length
      new_prices.push(wanted)
    }
    options.push({
      id: known?.id,
      // A stored spelling stays: sessions, templates' defaults and their appearances name the value so.
      value: known?.value ?? cleanValue(value),
      value_key,
      label: option.label ?? known?.label ?? null,
      rank: option.rank ?? index,
      price_set_id: known?.price_set_id ?? null,
      product_option_value_id: null,
      metadata: option.metadata === undefined ? (known?.metadata ?? null) : option.metadata,
    })
  }
  return { options, new_prices, price_index, price_changes, issues, duplicates }
}

/** The amounts to set, and the stored currencies that `price_deltas` leaves out. Checks all that are given. */
function wantedAmounts(
  { price_delta, price_deltas }: Partial<OptionInput>,
  stored: AmountsByCurrency,
  { default_currency, supported }: SellingCurrencies,
  at: Issue["path"],
  issues: Issue[]
): { amounts: AmountsByCurrency; dropped: string[] } {
  const amounts: AmountsByCurrency = {}
  const set = (currency: string, given: string | number, path: Issue["path"]) => {
    const fault = tooPrecise(String(given), currency, path)
    // What is there already may be sent back as it was read.
    if (fault && Number(stored[currency]) !== Number(given)) {
      issues.push(fault)
    }
    amounts[currency] = String(given)
  }
  for (const [currency, amount] of Object.entries(price_deltas ?? {})) {
    const path = [...at, "price_deltas", currency]
    if (currency === default_currency) {
      issues.push({
        path,
        code: "default_currency",
        message: `${path.join(".")}: the amount in the store's default currency is price_delta.`,
      })
    } else if (!supported.has(currency) && !Object.hasOwn(stored, currency)) {
      issues.push({
        path,
        code: "unknown_currency",
        message: `${path.join(".")}: the store does not sell in ${currency.toUpperCase()}.`,
        params: { allowed: [...supported] },
      })
    } else {
      set(currency, amount, path)
    }
  }
  const dropped = price_deltas
    ? Object.keys(stored).filter((currency) => currency !== default_currency)
    : []
  if (price_delta !== undefined && price_delta !== null) {
    set(default_currency, price_delta, [...at, "price_delta"])
  }
  return { amounts, dropped }
}
