// The catalog's SQL: published products of sales channels with what a list or a page shows of them, without the ORM.
import type { MedusaContainer } from "@medusajs/framework/types"
import { select } from "./sql"
import { visible } from "./visible"

/** What a product's line in the list is made of. */
export type ProductRow = {
  id: string
  handle: string
  title: string
  description: string | null
  thumbnail: string | null
  /** Urls as stored, by rank. */
  images: string[]
  price_set_ids: string[]
  customizable: boolean
}

/** A variant with its price set and whether it can be ordered now. */
export type VariantRow = {
  id: string
  title: string
  sku: string | null
  price_set_id: string | null
  in_stock: boolean
}

/** A default template as the page shows it. */
export type TemplateView = { id: string; version: number; name: string; definition: unknown }

/** Which products: those of any of the channels, and of a search. */
export type ProductFilter = { channels: string[]; q?: string | undefined }

const VISIBLE = visible()

const COLUMNS = `
  page.*,
  array(select i.url from image i
         where i.product_id = page.id and i.deleted_at is null order by i.rank, i.id) as images,
  array(select l.price_set_id from product_variant v
          join product_variant_price_set l on l.variant_id = v.id and l.deleted_at is null
         where v.product_id = page.id and v.deleted_at is null) as price_set_ids,
  exists (select 1 from personalization_template t
           where t.product_id = page.id and t.is_default and t.status = 'published'
             and t.deleted_at is null) as customizable`

/**
 * One page of products in the order of their ids, which Medusa makes from the time of creation: the primary key has
 * this order, so a page costs the same in a catalog of any size. One query.
 */
export function readProductPage(
  container: MedusaContainer,
  filter: ProductFilter,
  page: { limit: number; offset: number }
): Promise<ProductRow[]> {
  const search = searched(filter)
  return select<ProductRow>(
    container,
    `with page as materialized (
       select p.id, p.handle, p.title, p.description, p.thumbnail from product p
        where ${VISIBLE} ${search.condition}
        order by p.id limit ? offset ?
     )
     select ${COLUMNS} from page order by page.id`,
    [filter.channels, ...search.bindings, page.limit, page.offset]
  )
}

/** How many products a filter finds. One query. */
export async function countProducts(
  container: MedusaContainer,
  filter: ProductFilter
): Promise<number> {
  const search = searched(filter)
  const [row] = await select<{ count: number }>(
    container,
    `select count(*)::int as count from product p where ${VISIBLE} ${search.condition}`,
    [filter.channels, ...search.bindings]
  )
  return row?.count ?? 0
}

/** A product by its id or its handle; an id wins over another product's equal handle. One query. */
export async function readProduct(
  container: MedusaContainer,
  idOrHandle: string,
  channels: string[]
): Promise<ProductRow | undefined> {
  const [row] = await select<ProductRow>(
    container,
    `with page as materialized (
       select p.id, p.handle, p.title, p.description, p.thumbnail from product p
        where (p.id = ? or p.handle = ?) and ${VISIBLE}
        order by (p.id = ?) desc limit 1
     )
     select ${COLUMNS} from page`,
    [idOrHandle, idOrHandle, channels, idOrHandle]
  )
  return row
}

/**
 * A product's variants by rank. In stock: not counted, to be back-ordered, or every inventory item of it is there at
 * the channels' stock locations at least as often as one variant takes. One query.
 */
export function readVariantRows(
  container: MedusaContainer,
  productId: string,
  channels: string[]
): Promise<VariantRow[]> {
  return select<VariantRow>(
    container,
    `select v.id, v.title, v.sku, (
         select l.price_set_id from product_variant_price_set l
          where l.variant_id = v.id and l.deleted_at is null limit 1
       ) as price_set_id,
       (not v.manage_inventory or v.allow_backorder or coalesce((
         select bool_and(coalesce((
             select sum(level.stocked_quantity - level.reserved_quantity) from inventory_level level
              where level.inventory_item_id = item.inventory_item_id and level.deleted_at is null
                and level.location_id in (
                  select place.stock_location_id from sales_channel_stock_location place
                   where place.sales_channel_id = any(?) and place.deleted_at is null)
           ), 0) >= item.required_quantity)
           from product_variant_inventory_item item
          where item.variant_id = v.id and item.deleted_at is null
       ), false)) as in_stock
       from product_variant v
      where v.product_id = ? and v.deleted_at is null
      order by v.variant_rank, v.id`,
    [channels, productId]
  )
}

/** A product's published default template. One query. */
export async function readDefaultTemplate(
  container: MedusaContainer,
  productId: string
): Promise<TemplateView | undefined> {
  const [row] = await select<TemplateView>(
    container,
    `select id, version, name, definition from personalization_template
      where product_id = ? and is_default and status = 'published' and deleted_at is null`,
    [productId]
  )
  return row
}

function searched({ q }: ProductFilter): { condition: string; bindings: string[] } {
  if (q === undefined) {
    return { condition: "", bindings: [] }
  }
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`
  return {
    condition: "and (p.title ilike ? or p.description ilike ? or p.handle ilike ?)",
    bindings: [pattern, pattern, pattern],
  }
}
