// Which region, and so which currency and taxes, a request is about.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Issue } from "../../domain/issue"
import { conflict, invalid } from "../../lib/errors"
import { select } from "./sql"

/** Prices are resolved for both: a region-scoped price does not resolve by its currency alone. */
export type PriceContext = { region_id: string; currency_code: string }

/** How a request names its region: it has to fit all of these that are given. */
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
 * The region that fits all that is asked for: the store's default region when it does, else the first.
 * @throws AppError 400 `unknown_region`, `unknown_country` or `unknown_currency` for what the shop does not have, or not
 *   together with what stands before it; 409 `no_region` when the store has no region.
 */
export async function resolveRegion(
  container: MedusaContainer,
  asked: RegionWish
): Promise<PriceContext> {
  return pickRegion(await readShop(container), asked)
}

/** As `resolveRegion`, in what was read before. */
export function pickRegion(shop: Shop, asked: RegionWish): PriceContext {
  const issues: Issue[] = []
  let fitting = shop.regions
  for (const { field, value, fits } of wishes(asked)) {
    const left = fitting.filter(fits)
    if (left.length > 0) {
      fitting = left
    } else {
      issues.push(unfit(field, value, shop.regions.some(fits)))
    }
  }
  if (issues.length > 0) {
    throw invalid(issues, issues.length === 1 ? issues[0]?.code : undefined)
  }
  const region = fitting.find(({ id }) => id === shop.default_region_id) ?? fitting[0]
  if (!region) {
    throw conflict("no_region", "The store has no region to sell in.")
  }
  return { region_id: region.id, currency_code: region.currency_code }
}

type Region = Shop["regions"][number]
type Wish = { field: keyof RegionWish; value: string; fits: (region: Region) => boolean }

/** What is asked for, the narrowest first. */
function wishes({ region_id, country_code, currency_code }: RegionWish): Wish[] {
  const country = country_code?.toLowerCase()
  const currency = currency_code?.toLowerCase()
  const all: { field: keyof RegionWish; value: string | undefined; fits: Wish["fits"] }[] = [
    { field: "region_id", value: region_id, fits: ({ id }) => id === region_id },
    {
      field: "country_code",
      value: country,
      fits: ({ countries }) => country !== undefined && countries.includes(country),
    },
    {
      field: "currency_code",
      value: currency,
      fits: (region) => region.currency_code === currency,
    },
  ]
  return all.flatMap(({ value, ...wish }) => (value === undefined ? [] : [{ ...wish, value }]))
}

const UNFIT: Record<keyof RegionWish, { code: string; thing: string }> = {
  region_id: { code: "unknown_region", thing: "region" },
  country_code: { code: "unknown_country", thing: "country" },
  currency_code: { code: "unknown_currency", thing: "currency" },
}

function unfit(field: keyof RegionWish, value: string, elsewhere: boolean): Issue {
  const { code, thing } = UNFIT[field]
  const rule = elsewhere
    ? `the region that the request names otherwise does not have the ${thing} ${value}`
    : `the shop does not sell in such a ${thing}`
  return { path: [field], code, message: `${field}: ${rule}.` }
}
