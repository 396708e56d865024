// The plain price of a currency in a price set: no rules, no price list, any quantity.
import type { MedusaContainer, PriceDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { exact } from "../catalog/money"

/** A price row; `amount` is an exact decimal in major units. */
export type PlainPrice = { id: string; price_set_id: string; amount: string }

/**
 * The plain prices of price sets in a currency, the newest first. A set has one at most, unless two processes that share
 * no lock gave it its first price at the same time: then the newest one is meant.
 */
export async function listPlainPrices(
  container: MedusaContainer,
  price_set_ids: string[],
  currency_code: string
): Promise<PlainPrice[]> {
  if (price_set_ids.length === 0) {
    return []
  }
  const prices = await container
    .resolve(Modules.PRICING)
    .listPrices(
      { price_set_id: price_set_ids, currency_code },
      { relations: ["price_rules", "price_list"], take: null }
    )
  return prices
    .filter(isPlain)
    .sort((a, b) => Number(b.created_at) - Number(a.created_at) || (a.id < b.id ? 1 : -1))
    .map(({ id, price_set_id = "", amount = 0 }) => ({ id, price_set_id, amount: exact(amount) }))
}

/** The newest of each price set's prices, and the others, in an order that has the newest first. */
export function newestPerSet(prices: PlainPrice[]): { newest: PlainPrice[]; older: PlainPrice[] } {
  const seen = new Set<string>()
  const newest = prices.filter(({ price_set_id }) => {
    const first = !seen.has(price_set_id)
    seen.add(price_set_id)
    return first
  })
  return { newest, older: prices.filter((price) => !newest.includes(price)) }
}

function isPlain({ price_list, price_rules = [], min_quantity, max_quantity }: PriceDTO): boolean {
  return !price_list && price_rules.length === 0 && !min_quantity && !max_quantity
}
