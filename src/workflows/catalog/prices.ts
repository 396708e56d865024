// Prices of variants in a region, as the Pricing Module calculates them: price lists and region prices hold.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN, Modules, QueryContext } from "@medusajs/framework/utils"
import { exact, toAmount } from "./money"
import type { PriceContext } from "./region"

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

type VariantRecord = { calculated_price?: { calculated_amount: number | null } | null }

/** The price of one variant in a context, exact, or null when it has none there. */
export async function variantPrice(
  container: MedusaContainer,
  variantId: string,
  { region_id, currency_code }: PriceContext
): Promise<string | null> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "variant",
    fields: ["id", "calculated_price.*"],
    filters: { id: variantId },
    // Medusa matches every field of the context with the rules of prices.
    context: { calculated_price: QueryContext({ region_id, currency_code }) },
  })
  const [variant] = data as unknown as VariantRecord[]
  const amount = variant?.calculated_price?.calculated_amount
  return amount === null || amount === undefined ? null : exact(amount)
}
