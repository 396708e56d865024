// The catalog as storefronts read it: published products of sales channels, with their prices in one currency.
import type { MedusaContainer } from "@medusajs/framework/types"
import { AppError, notFound } from "../../lib/errors"
import { absoluteUrl } from "../../lib/file-url"
import { personalization } from "../services"
import { toAmount } from "./money"
import { listPricedOptionSets, type CatalogOptionSet } from "./option-sets"
import { readPrices, type ShownPrice } from "./prices"
import {
  readDefaultTemplate,
  readProduct,
  readProductPage,
  readVariantRows,
  type ProductFilter,
  type ProductRow,
  type TemplateView,
} from "./product-rows"
import type { PriceContext } from "./region"

/** A line of the list; `base_price` is the lowest variant price in major units, null when there is none. */
export type CatalogProduct = ShownPrice & {
  id: string
  handle: string
  name: string
  description: string | null
  currency_code: string
  /** Absolute urls. */
  media: { url: string }[]
  /** True when it has a published default template. */
  customizable: boolean
}

export type CatalogVariant = ShownPrice & {
  id: string
  title: string
  sku: string | null
  in_stock: boolean
}

/** An option set on the wire; `price_delta` in major units, null when there is none in the currency. */
export type ShownOptionSet = Pick<
  CatalogOptionSet,
  "id" | "key" | "title" | "required" | "product_option_id"
> & {
  options: (Pick<CatalogOptionSet["options"][number], "id" | "value" | "label" | "metadata"> & {
    price_delta: number | null
  })[]
}

/** What is needed to personalize a product. */
export type Personalization = { template: TemplateView; option_sets: ShownOptionSet[] }

/** A page of published products in the order of their creation. Four queries, whatever the page's size. */
export async function listCatalogProducts(
  container: MedusaContainer,
  filter: ProductFilter,
  page: { limit: number; offset: number },
  context: PriceContext
): Promise<CatalogProduct[]> {
  const rows = await readProductPage(container, filter, page)
  const price = await readPrices(
    container,
    rows.flatMap(({ price_set_ids }) => price_set_ids),
    context
  )
  return rows.map((row) => catalogProduct(container, row, price(row.price_set_ids), context))
}

/**
 * One published product, by id or handle, with variants, default template and option sets.
 * @throws AppError 404 `product_not_found` or `no_default_template`.
 */
export async function retrieveCatalogProduct(
  container: MedusaContainer,
  idOrHandle: string,
  channels: string[],
  context: PriceContext
): Promise<CatalogProduct & { variants: CatalogVariant[] } & Personalization> {
  const row = await readProduct(container, idOrHandle, channels)
  if (!row) {
    throw notFound("product")
  }
  const [personalized, variants, price] = await Promise.all([
    readPersonalization(container, row.id, context),
    readVariantRows(container, row.id, channels),
    readPrices(container, row.price_set_ids, context),
  ])
  return {
    ...catalogProduct(container, row, price(row.price_set_ids), context),
    variants: variants.map(({ id, title, sku, price_set_id, in_stock }) => ({
      id,
      title,
      sku,
      ...price([price_set_id]),
      in_stock,
    })),
    ...personalized,
  }
}

/**
 * The default template and the option sets of a published product, by id or handle.
 * @throws AppError 404 `product_not_found` or `no_default_template`.
 */
export async function retrievePersonalization(
  container: MedusaContainer,
  idOrHandle: string,
  channels: string[],
  context: PriceContext
): Promise<Personalization> {
  const row = await readProduct(container, idOrHandle, channels)
  if (!row) {
    throw notFound("product")
  }
  return readPersonalization(container, row.id, context)
}

async function readPersonalization(
  container: MedusaContainer,
  productId: string,
  context: PriceContext
): Promise<Personalization> {
  const [template, sets] = await Promise.all([
    readDefaultTemplate(container, productId),
    listPricedOptionSets(container, productId, context),
  ])
  if (!template) {
    throw new AppError(
      "not_found",
      "no_default_template",
      "The product has no template to personalize it with."
    )
  }
  return { template, option_sets: sets.map((set) => shownOptionSet(set, context)) }
}

function shownOptionSet(set: CatalogOptionSet, { currency_code }: PriceContext): ShownOptionSet {
  const { id, key, title, required, product_option_id } = set
  const options = set.options.map((option) => ({
    id: option.id,
    value: option.value,
    label: option.label,
    price_delta: option.amount === null ? null : toAmount(option.amount, currency_code),
    metadata: option.metadata,
  }))
  return { id, key, title, required, product_option_id, options }
}

function catalogProduct(
  container: MedusaContainer,
  row: ProductRow,
  { base_price, tax_inclusive }: ShownPrice,
  { currency_code }: PriceContext
): CatalogProduct {
  const { options } = personalization(container)
  const urls = row.images.length === 0 && row.thumbnail ? [row.thumbnail] : row.images
  return {
    id: row.id,
    handle: row.handle,
    name: row.title,
    description: row.description,
    base_price,
    currency_code,
    tax_inclusive,
    media: urls.map((url) => ({ url: absoluteUrl(options, url) })),
    customizable: row.customizable,
  }
}
