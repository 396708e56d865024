// Prices of variants in a region, as the Pricing Module calculates them: price lists and region prices hold.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { exact, toAmount } from "./money"
import type { PriceContext } from "./region"
import { select } from "./sql"

/** A price as the catalog shows it: major units, and whether tax is in it. */
export type ShownPrice = { base_price: number | null; tax_inclusive: boolean | null }
type SetPrice = { amount: BigNumberInput; tax_inclusive: boolean }

const NO_PRICE: ShownPrice = { base_price: null, tax_inclusive: null }

/**
 * Prices of price sets, all at once: three queries whatever their number.
 * @returns finds the lowest price of some of them; null when none of these has one in the currency
 */
export async function readPrices(
  container: MedusaContainer,
  priceSetIds: string[],
  context: PriceContext
): Promise<(ids: (string | null)[]) => ShownPrice> {
  const prices = new Map<string, SetPrice>()
  if (priceSetIds.length > 0) {
    const calculated = await container
      .resolve(Modules.PRICING)
      .calculatePrices({ id: priceSetIds }, { context })
    for (const price of calculated) {
      if (price.calculated_amount !== null) {
        prices.set(price.id, {
          amount: price.raw_calculated_amount ?? price.calculated_amount,
          tax_inclusive: price.is_calculated_price_tax_inclusive ?? false,
        })
      }
    }
  }
  return (ids) => {
    const found = ids.flatMap((id) => (id === null ? [] : (prices.get(id) ?? [])))
    const lowest = found.reduce<SetPrice | undefined>(
      (low, price) => (low && MathBN.lte(low.amount, price.amount) ? low : price),
      undefined
    )
    return lowest
      ? {
          base_price: toAmount(lowest.amount, context.currency_code),
          tax_inclusive: lowest.tax_inclusive,
        }
      : NO_PRICE
  }
}

/**
 * The exact prices of variants in a region, decimal strings in major units; one without a price there is left out. Four
 * queries, whatever their number.
 */
export async function variantAmounts(
  container: MedusaContainer,
  variantIds: string[],
  { region_id, currency_code }: PriceContext
): Promise<Map<string, string>> {
  const links = await select<{ variant_id: string; price_set_id: string }>(
    container,
    `select variant_id, price_set_id from product_variant_price_set
      where variant_id = any(?) and deleted_at is null`,
    [variantIds]
  )
  if (links.length === 0) {
    return new Map()
  }
  // Medusa matches every field of the context with the rules of prices.
  const calculated = await container
    .resolve(Modules.PRICING)
    .calculatePrices(
      { id: links.map(({ price_set_id }) => price_set_id) },
      { context: { region_id, currency_code } }
    )
  const amounts = new Map(
    calculated.map((price) => [price.id, price.raw_calculated_amount ?? price.calculated_amount])
  )
  return new Map(
    links.flatMap(({ variant_id, price_set_id }) => {
      const amount = amounts.get(price_set_id) ?? null
      return amount === null ? [] : [[variant_id, exact(amount)]]
    })
  )
}
