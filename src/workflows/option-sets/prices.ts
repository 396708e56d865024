// The plain prices of options' price sets: one amount per currency without rules, price lists or quantities. Whatever
// else an administrator adds to a price set is left alone.
import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { exact } from "../catalog/money"
import { select } from "../catalog/sql"

/** Decimal strings in major units by lower-case ISO 4217 code. */
export type AmountsByCurrency = Record<string, string>
/** Amounts to set in a price set, null to take one away; currencies that are not named stay. */
export type PriceChange = { price_set_id: string; amounts: Record<string, string | null> }

type PlainPrice = { id: string; price_set_id: string; currency_code: string; amount: string }

/** The plain amounts of price sets, by their ids. One query. */
export async function plainAmounts(
  container: MedusaContainer,
  priceSetIds: string[]
): Promise<Map<string, AmountsByCurrency>> {
  const amounts = new Map<string, AmountsByCurrency>()
  for (const { price_set_id, currency_code, amount } of await plainPrices(container, priceSetIds)) {
    amounts.set(price_set_id, { ...amounts.get(price_set_id), [currency_code]: amount })
  }
  return amounts
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

/**
 * Sets plain amounts in place, in one transaction; those that are to be taken away are left alone.
 * @returns the changes that would take it back, for `setAmounts` and then `removeAmounts`
 */
export async function setAmounts(
  container: MedusaContainer,
  changes: PriceChange[]
): Promise<PriceChange[]> {
  const before = await plainPrices(container, priceSetIds(changes))
  const undo: PriceChange[] = []
  const written: { priceSetId: string; prices: WrittenPrice[] }[] = []
  for (const { price_set_id, amounts } of changes) {
    const prices: WrittenPrice[] = []
    const back: PriceChange["amounts"] = {}
    for (const [currency_code, amount] of Object.entries(amounts)) {
      const price = find(before, price_set_id, currency_code)
      if (amount !== null && !(price && MathBN.eq(price.amount, amount))) {
        // With its id the module changes a price in place; without one it would add a second plain price.
        prices.push({ ...(price ? { id: price.id } : {}), currency_code, amount })
        back[currency_code] = price?.amount ?? null
      }
    }
    if (prices.length > 0) {
      written.push({ priceSetId: price_set_id, prices })
      undo.push({ price_set_id, amounts: back })
    }
  }
  if (written.length > 0) {
    await container.resolve(Modules.PRICING).addPrices(written)
  }
  return undo
}

/**
 * Takes plain amounts away, in one transaction; those that are to be set are left alone.
 * @returns the changes that would take it back, for `setAmounts`
 */
export async function removeAmounts(
  container: MedusaContainer,
  changes: PriceChange[]
): Promise<PriceChange[]> {
  const before = await plainPrices(container, priceSetIds(changes))
  const undo: PriceChange[] = []
  const removed: string[] = []
  for (const { price_set_id, amounts } of changes) {
    const back: AmountsByCurrency = {}
    for (const [currency_code, amount] of Object.entries(amounts)) {
      const price = find(before, price_set_id, currency_code)
      if (amount === null && price) {
        removed.push(price.id)
        back[currency_code] = price.amount
      }
    }
    undo.push({ price_set_id, amounts: back })
  }
  if (removed.length > 0) {
    await container.resolve(Modules.PRICING).removePrices(removed)
  }
  return undo
}

type WrittenPrice = { id?: string; currency_code: string; amount: string }

function priceSetIds(changes: PriceChange[]): string[] {
  return changes.map(({ price_set_id }) => price_set_id)
}

function find(prices: PlainPrice[], priceSetId: string, currency: string): PlainPrice | undefined {
  return prices.find(
    ({ price_set_id, currency_code }) => price_set_id === priceSetId && currency_code === currency
  )
}

/** In one statement: anybody may ask for lists of sets, and the Pricing Module would load every rule and row for them. */
async function plainPrices(
  container: MedusaContainer,
  priceSetIds: string[]
): Promise<PlainPrice[]> {
  if (priceSetIds.length === 0) {
    return []
  }
  const rows = await select<PlainPrice>(
    container,
    `select p.id, p.price_set_id, p.currency_code, coalesce(p.raw_amount ->> 'value', p.amount::text) as amount
       from price p join price_set s on s.id = p.price_set_id and s.deleted_at is null
      where p.price_set_id = any(?) and p.deleted_at is null and p.price_list_id is null
        and coalesce(p.rules_count, 0) = 0 and p.min_quantity is null and p.max_quantity is null
      order by p.created_at, p.id`,
    [priceSetIds]
  )
  return rows.map((price) => ({ ...price, amount: exact(price.amount) }))
}
