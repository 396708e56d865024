// Plans the options of a set that is bound to a Medusa product option: they override what the product option says. Pure.
import { isDeepStrictEqual } from "node:util"
import type { Issue } from "../../domain/issue"
import type { OptionRecord, OptionSetDraft } from "../../modules/personalization/option-set-store"
import { optionValueKey, type OptionInput } from "./input"
import { duplicateOption, readOnly, type OptionsPlan } from "./option-plan"
import type { ProductOptionValue } from "./product-options"

/**
 * Overrides for the given options. What is given as the product option has it is not kept as an override, so that what
 * was read can be sent back and later changes in the dashboard still show. Of an option whose value is missing only the
 * faults are found.
 */
export function planBoundOptions(
  values: ProductOptionValue[],
  before: OptionRecord[],
  given: Partial<OptionInput>[]
): Pick<OptionsPlan, "options" | "issues" | "duplicates"> {
  const options: OptionSetDraft["options"] = []
  const issues: Issue[] = []
  const duplicates: Issue[] = []
  const seen = new Set<string>()
  for (const [index, option] of given.entries()) {
    const at = ["options", index]
    issues.push(...priceIssues(option, at))
    if (option.value === undefined) {
      continue
    }
    const value = findValue(values, option.value)
    if (!value) {
      issues.push({
        path: [...at, "value"],
        code: "unknown_product_option_value",
        message: `${option.value} is not a value of the product option.`,
        params: { allowed: values.map((known) => known.value) },
      })
      continue
    }
    if (seen.has(value.id)) {
      duplicates.push(duplicateOption(index, option.value))
    }
    seen.add(value.id)
    const known = before.find((row) => row.product_option_value_id === value.id)
    if (option.id !== undefined && option.id !== value.id && option.id !== known?.id) {
      issues.push(readOnly([...at, "id"]))
    }
    const override = {
      label: option.label === value.value ? null : (option.label ?? null),
      rank: option.rank === (value.rank ?? values.indexOf(value)) ? null : (option.rank ?? null),
      metadata: isDeepStrictEqual(option.metadata, value.metadata)
        ? null
        : (option.metadata ?? null),
    }
    if (Object.values(override).some((part) => part !== null)) {
      options.push({
        ...override,
        id: known?.id,
        value: value.value,
        value_key: value.id,
        price_set_id: null,
        product_option_value_id: value.id,
      })
    }
  }
  return { options, issues, duplicates }
}

/** The value spelled exactly so, or the only one that differs in case alone: Medusa allows both `S` and `s`. */
function findValue(values: ProductOptionValue[], given: string): ProductOptionValue | undefined {
  const alike = values.filter(({ value }) => optionValueKey(value) === optionValueKey(given))
  return values.find(({ value }) => value === given) ?? (alike.length === 1 ? alike[0] : undefined)
}

function priceIssues(
  { price_delta, price_deltas }: Partial<OptionInput>,
  at: Issue["path"]
): Issue[] {
  const amounts: [Issue["path"], unknown][] = [
    [[...at, "price_delta"], price_delta],
    ...Object.entries(price_deltas ?? {}).map(([currency, amount]): [Issue["path"], unknown] => [
      [...at, "price_deltas", currency],
      amount,
    ]),
  ]
  return amounts
    .filter(([, amount]) => amount !== undefined && amount !== null && Number(amount) !== 0)
    .map(([path]) => ({
      path,
      code: "bound_option_price",
      message: `${path.join(".")} must be 0: the variant that the option selects has the price.`,
    }))
}
