// The plain prices of options' price sets: one amount per currency without rules, price lists or quantities. Whatever
// else an administrator adds to a price set is left alone.
import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { exact } from "../catalog/money"

/** Decimal strings in major units by lower-case ISO 4217 code. */
export type AmountsByCurrency = Record<string, string>
/** Amounts to set in a price set, null to take one away; currencies that are not named stay. */
export type PriceChange = { price_set_id: string; amounts: Record<string, string | null> }

type PlainPrice = { id: string; currency_code: string; amount: string }

/** The plain amounts of price sets, by their ids. One query. */
export async function plainAmounts(
  container: MedusaContainer,
  priceSetIds: string[]
): Promise<Map<string, AmountsByCurrency>> {
  const prices = await plainPrices(container, priceSetIds)
  return new Map(
    [...prices].map(([id, list]) => [
      id,
      Object.fromEntries(list.map(({ currency_code, amount }) => [currency_code, amount])),
    ])
  )
}

/** Creates a price set for each of the amounts. @returns their ids, in order */
export async function createPriceSets(
  container: MedusaContainer,
  amounts: AmountsByCurrency[]
): Promise<string[]> {
  const created = await container.resolve(Modules.PRICING).createPriceSets(
    amounts.map((given) => ({
      prices: Object.entries(given).map(([currency_code, amount]) => ({ currency_code, amount })),
    }))
  )
  return created.map(({ id }) => id)
}

/** Changes plain amounts in place. @returns the changes that would take it back */
export async function changeAmounts(
  container: MedusaContainer,
  changes: PriceChange[]
): Promise<PriceChange[]> {
  const pricing = container.resolve(Modules.PRICING)
  const before = await plainPrices(
    container,
    changes.map(({ price_set_id }) => price_set_id)
  )
  const undo: PriceChange[] = []
  const removed: string[] = []
  const written: { priceSetId: string; prices: WrittenPrice[] }[] = []
  for (const { price_set_id, amounts } of changes) {
    const known = before.get(price_set_id) ?? []
    const prices: WrittenPrice[] = []
    const back: PriceChange["amounts"] = {}
    for (const [currency_code, amount] of Object.entries(amounts)) {
      const price = known.find((candidate) => candidate.currency_code === currency_code)
      if (amount === null) {
        if (price) {
          removed.push(price.id)
          back[currency_code] = price.amount
        }
      } else if (!price || !MathBN.eq(price.amount, amount)) {
        // With its id the module changes a price in place; without one it would add a second plain price.
        prices.push({ ...(price ? { id: price.id } : {}), currency_code, amount })
        back[currency_code] = price?.amount ?? null
      }
    }
    if (prices.length > 0) {
      written.push({ priceSetId: price_set_id, prices })
    }
    undo.push({ price_set_id, amounts: back })
  }
  if (written.length > 0) {
    await pricing.addPrices(written)
  }
  if (removed.length > 0) {
    await pricing.removePrices(removed)
  }
  return undo.filter(({ amounts }) => Object.keys(amounts).length > 0)
}

type WrittenPrice = { id?: string; currency_code: string; amount: string }

async function plainPrices(
  container: MedusaContainer,
  priceSetIds: string[]
): Promise<Map<string, PlainPrice[]>> {
  const found = new Map<string, PlainPrice[]>()
  if (priceSetIds.length === 0) {
    return found
  }
  const priceSets = await container
    .resolve(Modules.PRICING)
    .listPriceSets(
      { id: priceSetIds },
      { relations: ["prices", "prices.price_rules"], take: priceSetIds.length }
    )
  for (const { id, prices = [] } of priceSets) {
    found.set(
      id,
      prices.flatMap((price) => {
        const { currency_code, amount } = price
        return isPlain(price) && currency_code && amount !== undefined
          ? [{ id: price.id, currency_code, amount: exact(amount) }]
          : []
      })
    )
  }
  return found
}

/** Fields of a price that Medusa's types leave out of a price set's prices. */
type PriceFields = {
  price_list_id?: string | null
  rules_count?: number | null
  min_quantity?: unknown
  max_quantity?: unknown
}

function isPlain(price: object): boolean {
  const { price_list_id, rules_count, min_quantity, max_quantity } = price as PriceFields
  return (
    !price_list_id &&
    !rules_count &&
    (min_quantity ?? null) === null &&
    (max_quantity ?? null) === null
  )
}
