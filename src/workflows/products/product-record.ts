// A product as the catalog's writes read it: in any status, with its variants and prices as the catalog shows them.
import type { MedusaContainer } from "@medusajs/framework/types"
import { notFound } from "../../lib/errors"
import { readPrices, type ShownPrice } from "../catalog/prices"
import { readVariantRows, type VariantRow } from "../catalog/product-rows"
import type { PriceContext } from "../catalog/region"
import { select } from "../catalog/sql"
import type { StoredMedia } from "./media"
import type { ProductStatus } from "./types"

/** Prices are null without a price context. */
export type ProductRecord = ProductRow & ShownPrice & { variants: (VariantRow & ShownPrice)[] }

type ProductRow = StoredMedia & {
  id: string
  handle: string
  title: string
  description: string | null
  status: ProductStatus
  customizable: boolean
}

/**
 * Reads a product by its id.
 * @param channels the sales channels whose stock counts
 * @throws AppError 404 `product_not_found`.
 */
export async function readProductRecord(
  container: MedusaContainer,
  id: string,
  channels: string[],
  context: PriceContext | undefined
): Promise<ProductRecord> {
  const [[product], variants] = await Promise.all([
    select<ProductRow>(
      container,
      `select p.id, p.handle, p.title, p.description, p.status, p.thumbnail,
         (select coalesce(json_agg(json_build_object('id', i.id, 'url', i.url)
                                   order by i.rank, i.id), '[]')
            from image i where i.product_id = p.id and i.deleted_at is null) as images,
         exists (select 1 from personalization_template t
                  where t.product_id = p.id and t.is_default and t.status = 'published'
                    and t.deleted_at is null) as customizable
         from product p where p.id = ? and p.deleted_at is null`,
      [id]
    ),
    readVariantRows(container, id, channels),
  ])
  if (!product) {
    throw notFound("product")
  }
  const sets = variants.map(({ price_set_id }) => price_set_id)
  const price = context
    ? await readPrices(
        container,
        sets.filter((set) => set !== null),
        context
      )
    : () => ({ base_price: null, tax_inclusive: null })
  return {
    ...product,
    ...price(sets),
    variants: variants.map((variant) => ({ ...variant, ...price([variant.price_set_id]) })),
  }
}

/**
 * The id of a product of any status, by id or handle; an id wins over another product's equal handle.
 * @throws AppError 404 `product_not_found`.
 */
export async function findProductId(
  container: MedusaContainer,
  idOrHandle: string
): Promise<string> {
  const [found] = await select<{ id: string }>(
    container,
    `select id from product where (id = ? or handle = ?) and deleted_at is null
      order by (id = ?) desc limit 1`,
    [idOrHandle, idOrHandle, idOrHandle]
  )
  if (!found) {
    throw notFound("product")
  }
  return found.id
}
