// Option sets as management and public reads show them.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { notFound } from "../../lib/errors"
import { listSlots } from "../catalog/slots"
import { readOwnChannels, visible } from "../catalog/visible"
import { personalization } from "../services"
import { defaultCurrency, storeCurrencies } from "../store-currencies"
import { liveOptionSets } from "./live-options"
import { plainAmounts } from "./prices"

export type OptionView = {
  id: string
  value: string
  label: string
  rank: number
  /** Major units of the store's default currency, per unit; null when the option has no price in it. 0 in a bound set. */
  price_delta: number | null
  /** The amounts in other currencies by lower-case ISO 4217 code. */
  price_deltas: Record<string, number>
  metadata: Record<string, unknown> | null
}
export type OptionSetView = {
  id: string
  product_id: string
  key: string
  title: string
  required: boolean
  /** The Medusa product option that the set is bound to; `options` is empty when that one is gone. */
  product_option_id: string | null
  options: OptionView[]
}
export type OptionSetPage = {
  product_ids?: string[] | undefined
  limit: number
  offset: number
  /** Sets of published products of the catalog's sales channel only, as those who do not manage them see them. */
  published_only: boolean
  /** A column, and the direction. Default: oldest first. */
  order?: { column: OrderColumn; direction: "asc" | "desc" }
}
/** What lists may be ordered by. */
export const ORDER_COLUMNS = [
  "created_at",
  "updated_at",
  "key",
  "title",
  "product_id",
  "id",
] as const
type OrderColumn = (typeof ORDER_COLUMNS)[number]

/** When a set was made and last changed. */
export type OptionSetTimes = { created_at: Date; updated_at: Date }

export type ListedOptionSets = {
  option_sets: OptionSetView[]
  times: Map<string, OptionSetTimes>
  count: number
}

/**
 * A page of sets, and their times by id. The number of queries does not depend on the page's size.
 * @throws AppError 503 `catalog_busy` when too many lists wait
 */
export function listOptionSetViews(
  container: MedusaContainer,
  page: OptionSetPage
): Promise<ListedOptionSets> {
  const slots = page.published_only ? listSlots.visitors : listSlots.managers
  return slots.run(() => readPage(container, page))
}

/**
 * One set as a page of its own, whatever its product; empty when there is none. It waits for no list: a change that is
 * saved already must be answered.
 */
export function listOneOptionSetView(
  container: MedusaContainer,
  id: string
): Promise<ListedOptionSets> {
  return readPage(container, { id, limit: 1, offset: 0, published_only: false })
}

async function readPage(
  container: MedusaContainer,
  page: OptionSetPage & { id?: string }
): Promise<ListedOptionSets> {
  const { column, direction } = page.order ?? { column: "created_at", direction: "asc" }
  const products = page.product_ids
  const conditions = [
    `s.deleted_at is null`,
    ...(page.id === undefined ? [] : [`s.id = ?`]),
    ...(products ? [`s.product_id in (${products.map(() => "?").join(", ") || "null"})`] : []),
    ...(page.published_only ? [PUBLISHED] : []),
  ].join(" and ")
  const values = [
    ...(page.id === undefined ? [] : [page.id]),
    ...(products ?? []),
    ...(page.published_only ? [await readOwnChannels(container)] : []),
  ]
  const connection = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const [counted, found] = await Promise.all([
    connection.raw<{ rows: { count: number }[] }>(
      `select count(*)::int as count from personalization_option_set s where ${conditions}`,
      values
    ),
    connection.raw<{ rows: ({ id: string } & OptionSetTimes)[] }>(
      `select s.id, s.created_at, s.updated_at from personalization_option_set s where ${conditions}
        order by s.${column} ${direction}, s.id ${direction} limit ? offset ?`,
      [...values, page.limit, page.offset]
    ),
  ])
  const views = await viewsOf(
    container,
    found.rows.map(({ id }) => id)
  )
  return {
    option_sets: found.rows.flatMap(({ id }) => views.find((view) => view.id === id) ?? []),
    times: new Map(
      found.rows.map(({ id, created_at, updated_at }) => [id, { created_at, updated_at }])
    ),
    count: counted.rows[0]?.count ?? 0,
  }
}

/**
 * One set.
 * @param publishedOnly whether it must belong to a published product of the catalog's sales channel
 * @throws AppError 404 `option_set_not_found`
 */
export async function retrieveOptionSetView(
  container: MedusaContainer,
  id: string,
  publishedOnly: boolean
): Promise<OptionSetView> {
  const [view] = await viewsOf(container, [id])
  if (!view || (publishedOnly && !(await isPublished(container, id)))) {
    throw notFound("option_set")
  }
  return view
}

const PUBLISHED = `exists (select 1 from product p where p.id = s.product_id and ${visible()})`

async function isPublished(container: MedusaContainer, id: string): Promise<boolean> {
  const { rows } = await container
    .resolve(ContainerRegistrationKeys.PG_CONNECTION)
    .raw<{ rows: unknown[] }>(
      `select 1 from personalization_option_set s where s.id = ? and ${PUBLISHED}`,
      [id, await readOwnChannels(container)]
    )
  return rows.length > 0
}

async function viewsOf(container: MedusaContainer, ids: string[]): Promise<OptionSetView[]> {
  const records = await personalization(container).optionSets.read({ ids })
  if (records.length === 0) {
    return []
  }
  const [sets, currencies, amounts] = await Promise.all([
    liveOptionSets(container, records),
    storeCurrencies(container),
    plainAmounts(
      container,
      records.flatMap(({ options }) => options.flatMap(({ price_set_id }) => price_set_id ?? []))
    ),
  ])
  const default_currency = defaultCurrency(currencies)
  return sets.map((set) => ({
    ...set,
    options: set.options.map(({ id, value, label, rank, metadata, price_set_id }) => {
      const { [default_currency]: main, ...others } =
        price_set_id === null ? { [default_currency]: "0" } : (amounts.get(price_set_id) ?? {})
      return {
        ...{ id, value, label, rank },
        price_delta: main === undefined ? null : Number(main),
        price_deltas: Object.fromEntries(
          Object.entries(others).map(([currency, amount]) => [currency, Number(amount)])
        ),
        metadata,
      }
    }),
  }))
}
