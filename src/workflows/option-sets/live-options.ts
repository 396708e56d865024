// The options of sets as they are now: a set's own rows, or for a bound set the product option's values with overrides.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { OptionRecord, OptionSetRecord } from "../../modules/personalization/option-set-store"
import { listProductOptionValues, type ProductOptionValue } from "./product-options"

export type LiveOption = {
  /** The row's id; in a bound set that of the product option's value, so that an override does not change it. */
  id: string
  value: string
  label: string
  rank: number
  metadata: Record<string, unknown> | null
  /** Null in a bound set: the variant has the price. */
  price_set_id: string | null
  /** Null in a set of its own. */
  product_option_value_id: string | null
}
export type LiveOptionSet = Omit<OptionSetRecord, "revision" | "options"> & {
  options: LiveOption[]
}

/**
 * Fills in what bound sets take from their product option, so that a value which the dashboard adds, renames or removes
 * is there, renamed or gone at once. A set whose product option is gone has no options. One query for all bound sets.
 */
export async function liveOptionSets(
  container: MedusaContainer,
  sets: OptionSetRecord[]
): Promise<LiveOptionSet[]> {
  const values = await listProductOptionValues(
    container,
    sets.flatMap(({ product_id, product_option_id }) =>
      product_option_id === null ? [] : [{ product_id, product_option_id }]
    )
  )
  return sets.map(({ revision: _stored, ...set }) => ({
    ...set,
    options:
      set.product_option_id === null
        ? set.options.flatMap(ownOption)
        : boundOptions(set.options, valuesOf(set, values)),
  }))
}

/** The values that a set's product offers of the option which the set is bound to. */
export function valuesOf(
  set: Pick<OptionSetRecord, "product_id" | "product_option_id">,
  values: ProductOptionValue[]
): ProductOptionValue[] {
  return values.filter(
    (value) =>
      value.product_id === set.product_id && value.product_option_id === set.product_option_id
  )
}

function ownOption(option: OptionRecord): LiveOption[] {
  const { id, value, label, rank, metadata, price_set_id, product_option_value_id } = option
  // An override of a set that is not bound any more says nothing.
  return product_option_value_id === null
    ? [
        {
          id,
          value,
          label: label ?? value,
          rank: rank ?? 0,
          metadata,
          price_set_id,
          product_option_value_id,
        },
      ]
    : []
}

function boundOptions(overrides: OptionRecord[], values: ProductOptionValue[]): LiveOption[] {
  return values
    .map((value, index) => {
      const own = overrides.find((option) => option.product_option_value_id === value.id)
      return {
        id: value.id,
        value: value.value,
        label: own?.label ?? value.value,
        rank: own?.rank ?? value.rank ?? index,
        metadata: own?.metadata ?? value.metadata,
        price_set_id: null,
        product_option_value_id: value.id,
      }
    })
    .sort((a, b) => a.rank - b.rank)
}
