// Finds out which plain prices a change of a product sets, and which of its amounts only repeat what was read.
import type { Issue } from "../../domain/issue"
import { amountIssues } from "./check-product"
import type { UpdateCatalogProductInput } from "./types"

/**
 * What each variant costs somewhere, by its id: a number as the catalog shows it, in major units, or null for no price.
 * A new plain price would be seen there if it is lower than `seen_below`: any (Infinity) where the plain price decides,
 * one below a sale's price that hides the plain one, and none (0) where a region's price, a tier or an override decides.
 */
export type PriceOffer = Map<string, { amount: number | null; seen_below: number }>

/**
 * Compares the amounts of a change with those there are. One that equals the plain price, or what any region of the
 * currency shows, was read so and changes nothing: what a read gave can be put back in any region. Any other sets the
 * plain price, for all regions of the currency that have no price of their own.
 *
 * An amount is judged by the prices of this moment: what was read during a sale and is put back after its end makes the
 * sale's price the plain one. An amount that one of the regions shows already cannot be made the plain one. And a plain
 * price that is lower than a sale's may be raised above it: the sale's is shown then.
 * @param offers the plain prices first, then those of each region that has the currency, the default region's first
 * @returns the plain prices to set by variant, as decimals in major units, if there is no fault; and every fault: `price_required` for a price
 *   taken away, `too_precise`, `price_overridden` for one that would be seen in no region, `ambiguous_base_price` for
 *   one price of variants that differ.
 */
export function comparePrices(
  offers: PriceOffer[],
  input: UpdateCatalogProductInput,
  currency: string
): { amounts: Map<string, string>; issues: Issue[] } {
  const amounts = new Map<string, string>()
  const issues: Issue[] = []
  for (const [index, { id, base_price }] of (input.variants ?? []).entries()) {
    const known = offers.map((offer) => offer.get(id)).filter((price) => price !== undefined)
    if (
      base_price === undefined ||
      known.length === 0 ||
      known.some(({ amount }) => sameAmount(base_price, amount))
    ) {
      continue
    }
    const path = ["variants", index, "base_price"]
    issues.push(...amountFaults(base_price, path, currency, isHidden(offers, id, base_price)))
    if (base_price !== null) {
      amounts.set(id, base_price)
    }
  }
  const { base_price } = input
  if (
    base_price === undefined ||
    offers.some((offer) => sameAmount(base_price, lowest([...offer.values()])))
  ) {
    return { amounts, issues }
  }
  issues.push(...amountFaults(base_price, ["base_price"], currency, false))
  if (base_price === null) {
    return { amounts, issues }
  }
  if (amounts.size > 0) {
    const fits = offers.some((offer) => sameAmount(base_price, lowest(changed(offer, amounts))))
    return { amounts, issues: fits ? issues : [...issues, ambiguous()] }
  }
  const ids = [...(offers[0]?.keys() ?? [])]
  const hidden = ids.filter((id) => isHidden(offers, id, base_price))
  if (ids.length === 0 || (differ(offers.slice(0, 2)) && hidden.length < ids.length)) {
    return { amounts, issues: [...issues, ambiguous()] }
  }
  if (hidden.length > 0) {
    return { amounts, issues: [...issues, overridden(["base_price"])] }
  }
  for (const id of ids) {
    amounts.set(id, base_price)
  }
  return { amounts, issues }
}

function amountFaults(
  amount: string | null,
  path: Issue["path"],
  currency: string,
  hidden: boolean
): Issue[] {
  if (amount === null) {
    const message = `${path.join(".")}: a price cannot be taken away, only changed.`
    return [{ path, code: "price_required", message }]
  }
  return [...amountIssues(amount, path, currency), ...(hidden ? [overridden(path)] : [])]
}

/** Whether a plain price of the variant would be seen in no region. */
function isHidden([, ...shown]: PriceOffer[], id: string, amount: string | null): boolean {
  return (
    shown.length > 0 &&
    shown.every((offer) => Number(amount) >= (offer.get(id)?.seen_below ?? Infinity))
  )
}

/** Whether variants differ in price, in one of the offers. */
function differ(offers: PriceOffer[]): boolean {
  return offers.some((offer) => new Set([...offer.values()].map(({ amount }) => amount)).size > 1)
}

/** What an offer comes to with new plain prices. */
function changed(offer: PriceOffer, amounts: Map<string, string>): { amount: number | null }[] {
  return [...offer].map(([id, price]) => {
    const given = amounts.get(id)
    const seen = given !== undefined && Number(given) < price.seen_below
    return seen ? { amount: Number(given) } : price
  })
}

function lowest(prices: { amount: number | null }[]): number | null {
  const amounts = prices.flatMap(({ amount }) => amount ?? [])
  return amounts.length > 0 ? Math.min(...amounts) : null
}

function sameAmount(given: string | null, shown: number | null): boolean {
  return given === null || shown === null ? given === shown : Number(given) === shown
}

function overridden(path: Issue["path"]): Issue {
  const message = `${path.join(".")}: a region's price or a price list decides this price; change it in the dashboard.`
  return { path, code: "price_overridden", message }
}

function ambiguous(): Issue {
  return {
    path: ["base_price"],
    code: "ambiguous_base_price",
    message:
      "base_price: the product's variants differ in price; set variants[].base_price instead.",
  }
}
