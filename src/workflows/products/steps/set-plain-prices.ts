// Sets the plain price of a currency in price sets: no rules, no price list, any quantity. All other prices stay.
import type { MedusaContainer, PriceDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { exact } from "../../catalog/money"

export type SetPlainPricesInput = {
  /** Lower-case ISO 4217. */
  currency_code: string
  /** Decimals in major units. */
  prices: { price_set_id: string; amount: string }[]
}
type Before = {
  currency_code: string
  price_set_ids: string[]
  prices: { id: string; price_set_id: string; amount: string }[]
}

/**
 * Sets the prices. Medusa's own step for variants' prices replaces every price of a set, and takes them all away when it
 * is compensated; this one touches a single price, and puts it back.
 */
export const setPersonalizationPlainPricesStep = createStep(
  "set-personalization-plain-prices",
  async ({ currency_code, prices }: SetPlainPricesInput, { container }) => {
    const price_set_ids = prices.map(({ price_set_id }) => price_set_id)
    const plain = await listPlainPrices(container, price_set_ids, currency_code)
    const before: Before = { currency_code, price_set_ids, prices: plain }
    await container.resolve(Modules.PRICING).addPrices(
      prices.map(({ price_set_id, amount }) => {
        const kept = plain.filter((price) => price.price_set_id === price_set_id)
        return {
          priceSetId: price_set_id,
          prices:
            kept.length > 0
              ? kept.map(({ id }) => ({ id, currency_code, amount }))
              : [{ currency_code, amount }],
        }
      })
    )
    return new StepResponse(undefined, before)
  },
  async (before, { container }) => {
    if (!before) {
      return
    }
    const { currency_code, price_set_ids, prices } = before
    const pricing = container.resolve(Modules.PRICING)
    const kept = new Set(prices.map(({ id }) => id))
    const now = await listPlainPrices(container, price_set_ids, currency_code)
    await pricing.removePrices(now.map(({ id }) => id).filter((id) => !kept.has(id)))
    await pricing.addPrices(
      prices.map(({ id, price_set_id, amount }) => ({
        priceSetId: price_set_id,
        prices: [{ id, currency_code, amount }],
      }))
    )
  }
)

async function listPlainPrices(
  container: MedusaContainer,
  price_set_ids: string[],
  currency_code: string
): Promise<Before["prices"]> {
  const prices = await container
    .resolve(Modules.PRICING)
    .listPrices(
      { price_set_id: price_set_ids, currency_code },
      { relations: ["price_rules", "price_list"], take: null }
    )
  return prices.filter(isPlain).map(({ id, price_set_id = "", amount = 0 }) => ({
    id,
    price_set_id,
    amount: exact(amount),
  }))
}

function isPlain({ price_list, price_rules = [], min_quantity, max_quantity }: PriceDTO): boolean {
  return !price_list && price_rules.length === 0 && !min_quantity && !max_quantity
}
