// What a product's write needs to know about the store: its currencies, and where and how it sells by default.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import { conflict, invalid } from "../../lib/errors"
import { readShop, type PriceContext } from "../catalog/region"
import { ownChannel } from "../catalog/visible"
import { defaultCurrency, storeCurrencies } from "../store-currencies"

/**
 * The currency of a write's amounts: the given one when the store has it, else the store's default.
 * @returns an issue instead for a currency that the store does not have
 * @throws AppError 409 `no_default_currency`.
 */
export async function writeCurrency(
  container: MedusaContainer,
  given: string | undefined
): Promise<{ currency: string } | { issue: Issue }> {
  const currencies = await storeCurrencies(container)
  if (given !== undefined) {
    return currencies.supported.has(given)
      ? { currency: given }
      : {
          issue: {
            path: ["currency_code"],
            code: "unknown_currency",
            message: "currency_code: the store has no such currency.",
          },
        }
  }
  return { currency: defaultCurrency(currencies) }
}

/** `writeCurrency` for whoever has nothing else to find fault with. @throws AppError 400 `unknown_currency`. */
export async function requireCurrency(
  container: MedusaContainer,
  given: string | undefined
): Promise<string> {
  const asked = await writeCurrency(container, given)
  if ("issue" in asked) {
    throw invalid([asked.issue], asked.issue.code)
  }
  return asked.currency
}

/**
 * In which sales channels the catalog sells, and the prices it shows in a currency: those of the default region when it
 * has the currency, else of the first region that does; without one, no region's own prices count.
 * @returns `contexts` are those of every region that has the currency, `context` first
 */
export async function readSelling(
  container: MedusaContainer,
  currency_code: string
): Promise<{ channels: string[]; context: PriceContext; contexts: PriceContext[] }> {
  const shop = await readShop(container)
  const channel = ownChannel(container, shop)
  const regions = shop.regions.filter((region) => region.currency_code === currency_code)
  const region = regions.find(({ id }) => id === shop.default_region_id) ?? regions[0]
  const context = { currency_code, region_id: region?.id ?? "" }
  return {
    channels: channel === null ? [] : [channel],
    context,
    contexts: [
      context,
      ...regions
        .filter((other) => other !== region)
        .map(({ id }) => ({ currency_code, region_id: id })),
    ],
  }
}

/**
 * Where a product is sold and how it is shipped unless somebody says otherwise.
 * @throws AppError 409 `no_sales_channel` or `no_shipping_profile`.
 */
export async function sellingDefaults(
  container: MedusaContainer
): Promise<{ sales_channel_id: string; shipping_profile_id: string }> {
  const [shop, profiles] = await Promise.all([
    readShop(container),
    container
      .resolve(Modules.FULFILLMENT)
      .listShippingProfiles({}, { order: { created_at: "ASC" } }),
  ])
  const sales_channel_id = ownChannel(container, shop)
  if (sales_channel_id === null) {
    throw conflict("no_sales_channel", "The store has no default sales channel to sell in.")
  }
  const profile = profiles.find(({ type }) => type === "default") ?? profiles[0]
  if (!profile) {
    throw conflict("no_shipping_profile", "The store has no shipping profile to ship with.")
  }
  return { sales_channel_id, shipping_profile_id: profile.id }
}
