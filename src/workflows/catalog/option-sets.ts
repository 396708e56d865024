// A product's option sets with their surcharges in one currency.
import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import type { PricedOptionSet } from "../../domain/pricing/quote"
import { personalization } from "../services"
import { exact } from "./money"
import type { PriceContext } from "./region"

/** An option set as storefronts and the cart see it; `amount` is a decimal string, null when there is none. */
export type CatalogOptionSet = Omit<PricedOptionSet, "options"> & {
  id: string
  required: boolean
  options: (PricedOptionSet["options"][number] & {
    id: string
    metadata: Record<string, unknown> | null
  })[]
}

/** All option sets of a product, options by rank, priced through the Pricing Module. Three queries, whatever the number. */
export async function listPricedOptionSets(
  container: MedusaContainer,
  productId: string,
  context: PriceContext
): Promise<CatalogOptionSet[]> {
  const sets = await personalization(container).listOptionSets(
    { product_id: productId },
    { relations: ["options"], order: { created_at: "ASC", options: { rank: "ASC" } } }
  )
  const amounts = await priceSetAmounts(
    container,
    sets.flatMap((set) => set.options.map((option) => option.price_set_id)),
    context
  )
  return sets.map((set) => ({
    id: set.id,
    key: set.key,
    title: set.title,
    required: set.required,
    options: set.options.map((option) => ({
      id: option.id,
      value: option.value,
      label: option.label,
      amount: amounts.get(option.price_set_id) ?? null,
      metadata: option.metadata,
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
  const calculated = await pricing.calculatePrices({ id: ids }, { context })
  for (const price of calculated) {
    if (price.calculated_amount !== null && price.calculated_amount !== undefined) {
      amounts.set(price.id, exact(price.raw_calculated_amount ?? price.calculated_amount))
    }
  }
  const unpriced = ids.filter((id) => !amounts.has(id))
  if (unpriced.length > 0) {
    const priceSets = await pricing.listPriceSets({ id: unpriced }, { relations: ["prices"] })
    for (const { id, prices = [] } of priceSets) {
      if (prices.length > 0 && prices.every(({ amount }) => MathBN.eq(amount ?? 1, 0))) {
        amounts.set(id, "0")
      }
    }
  }
  return amounts
}
