// What a product's write needs to know about the store: its currencies, and where and how it sells by default.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import { conflict } from "../../lib/errors"

/** A currency to read prices in, with the region that sells in it when there is one. */
export type WriteContext = { currency_code: string; region_id?: string }

/**
 * The currency of a write's amounts: the given one when the store has it, else the store's default.
 * @returns an issue instead for a currency that the store does not have
 * @throws AppError 409 `no_default_currency`.
 */
export async function writeCurrency(
  container: MedusaContainer,
  given: string | undefined
): Promise<{ currency: string } | { issue: Issue }> {
  const [store] = await container
    .resolve(Modules.STORE)
    .listStores({}, { relations: ["supported_currencies"], take: 1 })
  const supported = store?.supported_currencies ?? []
  if (given !== undefined) {
    return supported.some(({ currency_code }) => currency_code === given)
      ? { currency: given }
      : {
          issue: {
            path: ["currency_code"],
            code: "unknown_currency",
            message: "currency_code: the store has no such currency.",
          },
        }
  }
  const standard = supported.find(({ is_default }) => is_default)
  if (!standard) {
    throw conflict("no_default_currency", "The store has no default currency: give currency_code.")
  }
  return { currency: standard.currency_code }
}

/** Prices in a currency as `GET /products` shows them: in the default region if it sells in it, else in the first that does. */
export async function priceContext(
  container: MedusaContainer,
  currency_code: string
): Promise<WriteContext> {
  const [regions, [store]] = await Promise.all([
    container
      .resolve(Modules.REGION)
      .listRegions({ currency_code }, { order: { created_at: "ASC" } }),
    container.resolve(Modules.STORE).listStores({}, { take: 1 }),
  ])
  const region = regions.find(({ id }) => id === store?.default_region_id) ?? regions[0]
  return region ? { currency_code, region_id: region.id } : { currency_code }
}

/**
 * Where a product is sold and how it is shipped unless somebody says otherwise.
 * @throws AppError 409 `no_sales_channel` or `no_shipping_profile`.
 */
export async function sellingDefaults(
  container: MedusaContainer
): Promise<{ sales_channel_id: string; shipping_profile_id: string }> {
  const [[store], profiles] = await Promise.all([
    container.resolve(Modules.STORE).listStores({}, { take: 1 }),
    container
      .resolve(Modules.FULFILLMENT)
      .listShippingProfiles({}, { order: { created_at: "ASC" } }),
  ])
  if (!store?.default_sales_channel_id) {
    throw conflict("no_sales_channel", "The store has no default sales channel to sell in.")
  }
  const profile = profiles.find(({ type }) => type === "default") ?? profiles[0]
  if (!profile) {
    throw conflict("no_shipping_profile", "The store has no shipping profile to ship with.")
  }
  return { sales_channel_id: store.default_sales_channel_id, shipping_profile_id: profile.id }
}
