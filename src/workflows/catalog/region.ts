// Which region, and so which currency and taxes, a request is about.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { AppError, invalidField } from "../../lib/errors"

/** Prices are resolved for both: a region-scoped price does not resolve by its currency alone. */
export type PriceContext = { region_id: string; currency_code: string }

/**
 * The region of a country, or the first region of a currency, or the store's default region.
 * @throws AppError 400 `unknown_currency` or `unknown_country`; 409 when the store has no region.
 */
export async function resolveRegion(
  container: MedusaContainer,
  asked: { currency_code?: string | undefined; country_code?: string | undefined }
): Promise<PriceContext> {
  const regions = await container
    .resolve(Modules.REGION)
    .listRegions({}, { relations: ["countries"], order: { created_at: "ASC" } })
  const country = asked.country_code?.toLowerCase()
  const currency = asked.currency_code?.toLowerCase()
  if (country) {
    const region = regions.find(({ countries }) => countries.some(({ iso_2 }) => iso_2 === country))
    if (!region) {
      throw invalidField(["country_code"], "unknown_country", "The shop does not sell there.")
    }
    return { region_id: region.id, currency_code: region.currency_code }
  }
  if (currency) {
    const region = regions.find(({ currency_code }) => currency_code === currency)
    if (!region) {
      throw invalidField(["currency_code"], "unknown_currency", "The shop has no such currency.")
    }
    return { region_id: region.id, currency_code: region.currency_code }
  }
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  const region = regions.find(({ id }) => id === store?.default_region_id) ?? regions[0]
  if (!region) {
    throw new AppError("conflict", "no_region", "The store has no region to sell in.")
  }
  return { region_id: region.id, currency_code: region.currency_code }
}
