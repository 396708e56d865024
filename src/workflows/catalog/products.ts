// The catalogue as storefronts read it: published products with their prices in one currency.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  getVariantAvailability,
  MathBN,
  Modules,
  QueryContext,
} from "@medusajs/framework/utils"
import { AppError, notFound } from "../../lib/errors"
import { absoluteUrl } from "../../lib/file-url"
import type { TemplateRow } from "../../modules/personalization/service"
import { personalization } from "../services"
import { exact, toAmount } from "./money"
import { listPricedOptionSets, type CatalogOptionSet } from "./option-sets"
import type { PriceContext } from "./region"

export type CatalogProduct = {
  id: string
  handle: string
  name: string
  description: string | null
  /** Lowest variant price in major units; null when there is none in the currency. */
  base_price: number | null
  currency_code: string
  media: { url: string }[]
  /** True when it has a published default template. */
  customizable: boolean
}

export type CatalogVariant = {
  id: string
  title: string
  sku: string | null
  base_price: number | null
  in_stock: boolean
}

type ProductRecord = {
  id: string
  handle: string
  title: string
  description: string | null
  thumbnail: string | null
  images: { url: string }[]
  variants: VariantRecord[]
}
type VariantRecord = {
  id: string
  title: string
  sku: string | null
  calculated_price?: { calculated_amount: number | null } | null
}

const FIELDS = [
  "id",
  "handle",
  "title",
  "description",
  "thumbnail",
  "images.url",
  "variants.id",
  "variants.title",
  "variants.sku",
  "variants.calculated_price.*",
]

/** A page of published products, by title. */
export async function listCatalogProducts(
  container: MedusaContainer,
  page: { limit: number; offset: number; q?: string | undefined; id_or_handle?: string },
  context: PriceContext
): Promise<{ products: CatalogProduct[]; count: number; records: ProductRecord[] }> {
  const asked = page.id_or_handle
  const { data, metadata } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "product",
    fields: FIELDS,
    filters: {
      status: "published",
      ...(page.q ? { q: page.q } : {}),
      ...(asked ? { $or: [{ id: asked }, { handle: asked }] } : {}),
    },
    pagination: { take: page.limit, skip: page.offset, order: { title: "ASC", id: "ASC" } },
    context: { variants: { calculated_price: QueryContext(context) } },
  })
  const records = data as unknown as ProductRecord[]
  const service = personalization(container)
  const defaults = await service.listTemplates(
    { product_id: records.map(({ id }) => id), is_default: true },
    { select: ["product_id"] }
  )
  const customizable = new Set(defaults.map((template) => template.product_id))
  return {
    products: records.map((product) => ({
      id: product.id,
      handle: product.handle,
      name: product.title,
      description: product.description,
      base_price: lowestPrice(product.variants, context.currency_code),
      currency_code: context.currency_code,
      media: media(product).map((url) => ({ url: absoluteUrl(service.options, url) })),
      customizable: customizable.has(product.id),
    })),
    count: metadata?.count ?? records.length,
    records,
  }
}

/**
 * One published product with its default template and option sets.
 * @throws AppError 404 `product_not_found` or `no_default_template`.
 */
export async function retrieveCatalogProduct(
  container: MedusaContainer,
  idOrHandle: string,
  context: PriceContext
): Promise<{
  product: CatalogProduct
  variants: CatalogVariant[]
  template: TemplateRow
  option_sets: CatalogOptionSet[]
}> {
  const page = { limit: 1, offset: 0, id_or_handle: idOrHandle }
  const { products, records } = await listCatalogProducts(container, page, context)
  const [product, record] = [products[0], records[0]]
  if (!product || !record) {
    throw notFound("product")
  }
  const [template] = await personalization(container).listTemplates(
    { product_id: product.id, is_default: true },
    { take: 1 }
  )
  if (!template) {
    throw new AppError(
      "not_found",
      "no_default_template",
      "The product has no template to personalize it with."
    )
  }
  const [option_sets, stock] = await Promise.all([
    listPricedOptionSets(container, product.id, context),
    stockOf(
      container,
      record.variants.map(({ id }) => id)
    ),
  ])
  const variants = record.variants.map((variant) => ({
    id: variant.id,
    title: variant.title,
    sku: variant.sku,
    base_price: lowestPrice([variant], context.currency_code),
    in_stock: stock(variant.id),
  }))
  return { product, variants, template, option_sets }
}

/** The price of one variant in a context, exact, or null when it has none there. */
export async function variantPrice(
  container: MedusaContainer,
  variantId: string,
  context: PriceContext
): Promise<string | null> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "variant",
    fields: ["id", "calculated_price.*"],
    filters: { id: variantId },
    context: { calculated_price: QueryContext(context) },
  })
  const [variant] = data as unknown as VariantRecord[]
  const amount = variant?.calculated_price?.calculated_amount
  return amount === null || amount === undefined ? null : exact(amount)
}

function lowestPrice(variants: VariantRecord[], currency: string): number | null {
  const amounts = variants.flatMap(({ calculated_price }) =>
    calculated_price?.calculated_amount === null ||
    calculated_price?.calculated_amount === undefined
      ? []
      : [calculated_price.calculated_amount]
  )
  return amounts.length > 0 ? toAmount(MathBN.min(...amounts), currency) : null
}

function media(product: ProductRecord): string[] {
  const urls = product.images.map(({ url }) => url)
  return urls.length === 0 && product.thumbnail ? [product.thumbnail] : urls
}

/** In stock: not counted, to be back-ordered, or at least one left in the default sales channel. */
async function stockOf(
  container: MedusaContainer,
  ids: string[]
): Promise<(id: string) => boolean> {
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  const counted = await container
    .resolve(Modules.PRODUCT)
    .listProductVariants({ id: ids }, { select: ["id", "manage_inventory", "allow_backorder"] })
  const free = new Set(
    counted.filter((v) => !v.manage_inventory || v.allow_backorder).map(({ id }) => id)
  )
  const available = store?.default_sales_channel_id
    ? await getVariantAvailability(container.resolve(ContainerRegistrationKeys.QUERY), {
        variant_ids: ids,
        sales_channel_id: store.default_sales_channel_id,
      })
    : {}
  return (id) => free.has(id) || (available[id]?.availability ?? 0) > 0
}
