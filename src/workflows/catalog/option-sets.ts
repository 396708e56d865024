// A product's option sets with their surcharges in one currency.
import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import type { PricedOptionSet } from "../../domain/pricing/quote"
import { liveOptionSets } from "../option-sets/live-options"
import { personalization } from "../services"
import { exact } from "./money"
import type { PriceContext } from "./region"

/** An option set as storefronts and the cart see it; `amount` is a decimal string, null when there is none. */
export type CatalogOptionSet = Omit<PricedOptionSet, "options"> & {
  id: string
  required: boolean
  /** The Medusa product option that the set is bound to: its choice selects the variant, which has the price. */
  product_option_id: string | null
  options: (PricedOptionSet["options"][number] & {
    id: string
    metadata: Record<string, unknown> | null
    /** In a bound set, the product option's value. */
    product_option_value_id: string | null
  })[]
}

/**
 * All option sets of a product, options by rank, priced through the Pricing Module in a region and currency.
 * The number of queries does not depend on the number of sets and options: one for sets with options, one more for the
 * bound ones, three for prices, and one when something has no price in the currency.
 * @param asOf see `OptionSetStore.read`: when the session began that is to go on with what was there then.
 */
export async function listPricedOptionSets(
  container: MedusaContainer,
  productId: string,
  context: PriceContext,
  asOf: Date | null = null
): Promise<CatalogOptionSet[]> {
  const records = await personalization(container).optionSets.read(
    { product_ids: [productId] },
    asOf
  )
  const sets = await liveOptionSets(container, records)
  const amounts = await priceSetAmounts(
    container,
    sets.flatMap((set) => set.options.flatMap(({ price_set_id }) => price_set_id ?? [])),
    context
  )
  return sets.map(({ id, key, title, required, product_option_id, options }) => ({
    id,
    key,
    title,
    required,
    product_option_id,
    options: options.map((option) => ({
      id: option.id,
      value: option.value,
      label: option.label,
      amount: option.price_set_id === null ? "0" : (amounts.get(option.price_set_id) ?? null),
      metadata: option.metadata,
      product_option_value_id: option.product_option_value_id,
    })),
  }))
}

/** Amounts per price set. One whose prices are all zero is zero in every currency. */
async function priceSetAmounts(
  container: MedusaContainer,
  ids: string[],
  context: PriceContext
): Promise<Map<string, string>> {
  const amounts = new Map<string, string>()
  if (ids.length === 0) {
    return amounts
  }
  const pricing = container.resolve(Modules.PRICING)
  const { region_id, currency_code } = context
  const calculated = await pricing.calculatePrices(
    { id: ids },
    { context: { region_id, currency_code } }
  )
  for (const price of calculated) {
    if (price.calculated_amount !== null && price.calculated_amount !== undefined) {
      amounts.set(price.id, exact(price.raw_calculated_amount ?? price.calculated_amount))
    }
  }
  const unpriced = ids.filter((id) => !amounts.has(id))
  if (unpriced.length > 0) {
    const priceSets = await pricing.listPriceSets(
      { id: unpriced },
      { relations: ["prices"], take: unpriced.length }
    )
    for (const { id, prices = [] } of priceSets) {
      if (prices.length > 0 && prices.every(({ amount }) => MathBN.eq(amount ?? 1, 0))) {
        amounts.set(id, "0")
      }
    }
  }
  return amounts
}
