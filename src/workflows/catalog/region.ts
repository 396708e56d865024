// Which region, and so which currency and taxes, a request is about.
import type { MedusaContainer } from "@medusajs/framework/types"
import { AppError, invalidField } from "../../lib/errors"
import { select } from "./sql"

/** Prices are resolved for both: a region-scoped price does not resolve by its currency alone. */
export type PriceContext = { region_id: string; currency_code: string }

/** How a request names its region: the first of these that it gives counts. */
export type RegionWish = {
  region_id?: string | undefined
  country_code?: string | undefined
  currency_code?: string | undefined
}

/** The store's regions, oldest first, and its defaults. */
export type Shop = {
  regions: { id: string; currency_code: string; countries: string[] }[]
  default_region_id: string | null
  default_sales_channel_id: string | null
}

/** Reads the regions and the store's defaults, in one query. */
export async function readShop(container: MedusaContainer): Promise<Shop> {
  const [shop] = await select<Shop>(
    container,
    `select s.default_region_id, s.default_sales_channel_id, (
        select coalesce(json_agg(json_build_object(
            'id', r.id, 'currency_code', r.currency_code, 'countries', array(
              select c.iso_2 from region_country c where c.region_id = r.id and c.deleted_at is null)
          ) order by r.created_at, r.id), '[]')
          from region r where r.deleted_at is null
      ) as regions
      from (select 1) as always
      left join lateral (
        select default_region_id, default_sales_channel_id from store
         where deleted_at is null order by created_at, id limit 1
      ) s on true`,
    []
  )
  return shop ?? { regions: [], default_region_id: null, default_sales_channel_id: null }
}

/**
 * The region of a country, or the first region of a currency, or the store's default region.
 * @throws AppError 400 `unknown_currency`, `unknown_country` or `unknown_region`; 409 when the store has no region.
 */
export async function resolveRegion(
  container: MedusaContainer,
  asked: RegionWish
): Promise<PriceContext> {
  return pickRegion(await readShop(container), asked)
}

/** As `resolveRegion`, in what was read before. */
export function pickRegion(shop: Shop, asked: RegionWish): PriceContext {
  const { regions } = shop
  const country = asked.country_code?.toLowerCase()
  const currency = asked.currency_code?.toLowerCase()
  if (asked.region_id !== undefined) {
    return found(
      regions.find(({ id }) => id === asked.region_id),
      () => invalidField(["region_id"], "unknown_region", "The shop has no such region.")
    )
  }
  if (country) {
    return found(
      regions.find(({ countries }) => countries.includes(country)),
      () => invalidField(["country_code"], "unknown_country", "The shop does not sell there.")
    )
  }
  if (currency) {
    return found(
      regions.find(({ currency_code }) => currency_code === currency),
      () => invalidField(["currency_code"], "unknown_currency", "The shop has no such currency.")
    )
  }
  return found(
    regions.find(({ id }) => id === shop.default_region_id) ?? regions[0],
    () => new AppError("conflict", "no_region", "The store has no region to sell in.")
  )
}

function found(region: Shop["regions"][number] | undefined, fault: () => AppError): PriceContext {
  if (!region) {
    throw fault()
  }
  return { region_id: region.id, currency_code: region.currency_code }
}
