// Sets the plain price of a currency in price sets: no rules, no price list, any quantity. All other prices stay.
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { listPlainPrices, newestPerSet, type PlainPrice } from "../plain-prices"

export type SetPlainPricesInput = {
  /** Lower-case ISO 4217. */
  currency_code: string
  /** Decimals in major units. */
  prices: { price_set_id: string; amount: string }[]
}
type Before = { currency_code: string; price_set_ids: string[]; prices: PlainPrice[] }

/**
 * Sets the prices. Medusa's own step for variants' prices replaces every price of a set, and takes them all away when it
 * is compensated; this one touches a single price, and puts it back.
 */
export const setPersonalizationPlainPricesStep = createStep(
  "set-personalization-plain-prices",
  async ({ currency_code, prices }: SetPlainPricesInput, { container }) => {
    const price_set_ids = prices.map(({ price_set_id }) => price_set_id)
    const { newest } = newestPerSet(await listPlainPrices(container, price_set_ids, currency_code))
    const before: Before = { currency_code, price_set_ids, prices: newest }
    await container.resolve(Modules.PRICING).addPrices(
      prices.map(({ price_set_id, amount }) => {
        const kept = newest.find((price) => price.price_set_id === price_set_id)
        return {
          priceSetId: price_set_id,
          prices: [{ ...(kept ? { id: kept.id } : {}), currency_code, amount }],
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

/**
 * Removes all but the newest plain price of each set. Two processes that share no lock may both have added a first one:
 * each looks when its own is committed, so the one that looks last sees both, and both of them keep the same.
 */
export const dropPersonalizationDoubledPricesStep = createStep(
  "drop-personalization-doubled-prices",
  async ({ currency_code, prices }: SetPlainPricesInput, { container }) => {
    const price_set_ids = prices.map(({ price_set_id }) => price_set_id)
    const { older } = newestPerSet(await listPlainPrices(container, price_set_ids, currency_code))
    if (older.length > 0) {
      await container.resolve(Modules.PRICING).removePrices(older.map(({ id }) => id))
    }
    return new StepResponse()
  }
)
