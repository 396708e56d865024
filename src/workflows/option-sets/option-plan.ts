// What planning a list of options gives, and the faults that both kinds of sets have in common.
import type { Issue } from "../../domain/issue"
import type { OptionSetDraft } from "../../modules/personalization/option-set-store"
import type { AmountsByCurrency, PriceChange } from "./prices"

export type OptionsPlan = {
  /** What to save; a new option of a set's own has no `price_set_id` yet. */
  options: OptionSetDraft["options"]
  /** The amounts of price sets to make. */
  new_prices: AmountsByCurrency[]
  /** Which of `new_prices` an option needs, by the option's index in `options`. */
  price_index: Record<number, number>
  price_changes: PriceChange[]
  /** Faults of the input, 400. */
  issues: Issue[]
  /** Values given twice, 422. */
  duplicates: Issue[]
}

/** A field that was sent with another value than it has and cannot be changed. */
export function readOnly(path: Issue["path"]): Issue {
  return { path, code: "read_only", message: `${path.join(".")} cannot be changed.` }
}

/** A field that must be given. */
export function required(path: Issue["path"]): Issue {
  return { path, code: "required", message: `${path.join(".")} is required.` }
}

/** A value that a list of options holds twice. */
export function duplicateOption(index: number, value: string): Issue {
  return {
    path: ["options", index, "value"],
    code: "duplicate_option",
    message: `The value ${value} is in the set twice.`,
    params: { value },
  }
}
