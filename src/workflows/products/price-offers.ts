// The prices of a product's variants as a write in some currency has to know them: the plain ones, and those shown.
import type { BigNumberInput, CalculatedPriceSet, MedusaContainer } from "@medusajs/framework/types"
import { Modules, PriceListType } from "@medusajs/framework/utils"
import { toAmount } from "../catalog/money"
import type { PriceContext } from "../catalog/region"
import type { PriceOffer } from "./compare-prices"
import { listPlainPrices, newestPerSet } from "./plain-prices"

type PricedVariant = { id: string; price_set_id: string | null }
type FoundPrice = { amount: BigNumberInput | null; seen_below: number }

/** A first plain price would be seen. */
const NO_PRICE: FoundPrice = { amount: null, seen_below: Infinity }

/**
 * What the variants cost by their plain prices, then what each of the regions shows, in the order of the contexts: three
 * queries for each of these, and one.
 * @param contexts of one currency
 */
export async function readPriceOffers(
  container: MedusaContainer,
  variants: PricedVariant[],
  contexts: PriceContext[]
): Promise<PriceOffer[]> {
  const ids = variants.flatMap(({ price_set_id }) => price_set_id ?? [])
  const currency = contexts[0]?.currency_code ?? ""
  const plain = await listPlainPrices(container, ids, currency)
  const plainIds = new Set(plain.map(({ id }) => id))
  const amounts = new Map(
    newestPerSet(plain).newest.map(({ price_set_id, amount }) => [price_set_id, amount])
  )
  const offers = [
    offerOf(variants, currency, (price_set_id) => {
      const amount = amounts.get(price_set_id)
      return amount === undefined ? NO_PRICE : { amount, seen_below: Infinity }
    }),
  ]
  for (const context of contexts) {
    const calculated =
      ids.length > 0
        ? await container.resolve(Modules.PRICING).calculatePrices({ id: ids }, { context })
        : []
    const shown = new Map(calculated.map((price) => [price.id, price]))
    offers.push(
      offerOf(variants, currency, (price_set_id) => {
        const price = shown.get(price_set_id)
        const amount = price?.raw_calculated_amount ?? price?.calculated_amount ?? null
        return price && amount !== null
          ? { amount, seen_below: seenBelow(price, plainIds) }
          : NO_PRICE
      })
    )
  }
  return offers
}

/** Medusa shows the lower of a sale's price and the one without a list, and an override's price whatever that one is. */
function seenBelow(
  { calculated_amount, calculated_price: decides, original_price: beside }: CalculatedPriceSet,
  plainIds: Set<string>
): number {
  if (plainIds.has(decides?.id ?? "")) {
    return Infinity
  }
  const hidesPlain = beside?.id ? plainIds.has(beside.id) : true
  return decides?.price_list_type === PriceListType.SALE && hidesPlain
    ? Number(calculated_amount)
    : 0
}

function offerOf(
  variants: PricedVariant[],
  currency: string,
  find: (price_set_id: string) => FoundPrice
): PriceOffer {
  return new Map(
    variants.map(({ id, price_set_id }) => {
      const { amount, seen_below } = price_set_id === null ? NO_PRICE : find(price_set_id)
      return [id, { amount: amount === null ? null : toAmount(amount, currency), seen_below }]
    })
  )
}
