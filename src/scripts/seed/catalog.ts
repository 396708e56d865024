// The products with their pictures, stock, templates and option sets.
import {
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  deleteInventoryItemWorkflow,
  deleteProductsWorkflow,
  updateProductOptionsWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules, ProductStatus } from "@medusajs/framework/utils"
import { filePath } from "../../lib/file-url"
import { createPersonalizationAssetWorkflow } from "../../workflows/files/workflows/create-asset"
import { createPersonalizationOptionSetWorkflow } from "../../workflows/option-sets/workflows/create-option-set"
import { personalization } from "../../workflows/services"
import { createPersonalizationTemplateWorkflow } from "../../workflows/templates/workflows/create-template"
import { PICTURES, rasterise, type PictureKey } from "./art"
import { PRODUCTS, type SeedProduct } from "./products"
import { defaultSalesChannel } from "./store"

/** Draws and stores the pictures that are missing. @returns the relative url of every picture by its key */
export async function seedPictures(container: MedusaContainer): Promise<Map<string, string>> {
  const service = personalization(container)
  const keys = Object.keys(PICTURES) as PictureKey[]
  const existing = await service.listAssets({ key: keys })
  const urls = new Map(
    existing.map(({ key, file_id }): [string, string] => [
      key,
      filePath(service.options, file_id, { expires_in_seconds: 0 }),
    ])
  )
  const missing = keys.filter((key) => !urls.has(key))
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  // Drawing takes most of the seed's time and runs in sharp's threads, so all pictures start at once; each is stored
  // as soon as it is there, and a run that is cut off has lost only the others.
  await Promise.all(
    missing.map(async (key) => {
      const content = await rasterise(key)
      const { result } = await createPersonalizationAssetWorkflow(container).run({
        input: { key, mime_type: "image/webp", content: content.toString("base64") },
      })
      urls.set(key, result.url)
      logger.info(`Seed: drew ${key}`)
    })
  )
  return urls
}

/** Creates what is missing of every product. @returns the products in catalog order */
export async function seedProducts(
  container: MedusaContainer,
  context: { location_id: string; profile_id: string; urls: Map<string, string> }
): Promise<{ id: string; handle: string }[]> {
  const products: { id: string; handle: string }[] = []
  for (const product of PRODUCTS) {
    const id = await seedProduct(container, product, context)
    await seedStock(container, product, context.location_id)
    await seedOptionSets(container, product, id)
    await seedTemplate(container, product, id)
    products.push({ id, handle: product.handle })
  }
  return products
}

async function seedProduct(
  container: MedusaContainer,
  product: SeedProduct,
  { profile_id, urls }: { profile_id: string; urls: Map<string, string> }
): Promise<string> {
  const found = await findProduct(container, product)
  if (found?.whole) {
    return found.id
  }
  await removeRemnants(container, product, found?.id)
  const pictures = [product.listing, ...product.pictures].map((key) => urls.get(key) ?? "")
  const { result } = await createProductsWorkflow(container).run({
    input: {
      products: [
        {
          title: product.title,
          handle: product.handle,
          description: product.description,
          material: product.material,
          weight: product.weight,
          status: ProductStatus.PUBLISHED,
          images: pictures.map((url) => ({ url })),
          thumbnail: pictures[0],
          shipping_profile_id: profile_id,
          sales_channels: [{ id: await defaultSalesChannel(container) }],
          options: [
            { title: product.option, values: product.variants.map((variant) => variant.title) },
          ],
          variants: product.variants.map((variant) => ({
            title: variant.title,
            sku: variant.sku,
            manage_inventory: true,
            options: { [product.option]: variant.title },
            prices: Object.entries(variant.price).map(([currency_code, amount]) => ({
              currency_code,
              amount,
            })),
          })),
        },
      ],
    },
  })
  const [created] = result
  if (!created) {
    throw new Error(`Medusa created no product for ${product.handle}.`)
  }
  return created.id
}

type ProductRow = {
  id: string
  variants: { prices?: { id: string }[]; inventory_items?: { inventory_item_id: string }[] }[]
  sales_channels?: { id: string }[]
  shipping_profile?: { id: string } | null
}

/**
 * The product of this handle. It is not whole when its creation was cut off between Medusa's modules and our template,
 * which comes last, is missing too. Such a remnant was never sold.
 */
async function findProduct(
  container: MedusaContainer,
  { handle, variants }: SeedProduct
): Promise<{ id: string; whole: boolean } | null> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "product",
    fields: [
      "id",
      "variants.prices.id",
      "variants.inventory_items.inventory_item_id",
      "sales_channels.id",
      "shipping_profile.id",
    ],
    filters: { handle },
  })
  const [product]: ProductRow[] = data
  if (!product) {
    return null
  }
  const templates = await personalization(container).listTemplates({ product_id: product.id })
  const linked =
    Boolean(product.shipping_profile) &&
    (product.sales_channels ?? []).length > 0 &&
    product.variants.length === variants.length &&
    product.variants.every(
      ({ prices = [], inventory_items = [] }) => prices.length > 0 && inventory_items.length > 0
    )
  return { id: product.id, whole: linked || templates.length > 0 }
}

/** Removes what a creation that was cut off left: the product, and stock items that no variant has. */
async function removeRemnants(
  container: MedusaContainer,
  { variants }: SeedProduct,
  product_id: string | undefined
): Promise<void> {
  if (product_id) {
    await deleteProductsWorkflow(container).run({ input: { ids: [product_id] } })
  }
  const items = await container
    .resolve(Modules.INVENTORY)
    .listInventoryItems({ sku: variants.map(({ sku }) => sku) })
  if (items.length > 0) {
    await deleteInventoryItemWorkflow(container).run({ input: items.map(({ id }) => id) })
  }
}

async function seedStock(
  container: MedusaContainer,
  product: SeedProduct,
  location_id: string
): Promise<void> {
  const inventory = container.resolve(Modules.INVENTORY)
  const items = await inventory.listInventoryItems({ sku: product.variants.map(({ sku }) => sku) })
  const levels = await inventory.listInventoryLevels({
    inventory_item_id: items.map(({ id }) => id),
    location_id,
  })
  const missing = items.filter(({ id }) => !levels.some((level) => level.inventory_item_id === id))
  if (missing.length > 0) {
    await createInventoryLevelsWorkflow(container).run({
      input: {
        inventory_levels: missing.map(({ id, sku }) => ({
          inventory_item_id: id,
          location_id,
          stocked_quantity: product.variants.find((variant) => variant.sku === sku)?.stock ?? 0,
        })),
      },
    })
  }
}

async function seedOptionSets(
  container: MedusaContainer,
  product: SeedProduct,
  product_id: string
): Promise<void> {
  const service = personalization(container)
  const existing = await service.listOptionSets({ product_id }, { select: ["key"] })
  for (const { key, title, required, options } of product.option_sets) {
    if (existing.some((set) => set.key === key)) {
      continue
    }
    await createPersonalizationOptionSetWorkflow(container).run({
      input: {
        ...{ product_id, key, title, required },
        product_option_id: options ? null : await productOption(container, product, product_id),
        options: options?.map(({ value, label, price, metadata }, rank) => ({
          value,
          label,
          price_delta: price.usd,
          price_deltas: { eur: price.eur },
          rank,
          ...(metadata ? { metadata } : {}),
        })),
      },
    })
  }
}

/** The id of the product option that the variants differ in; its values get the variants' order. */
async function productOption(
  container: MedusaContainer,
  { handle, option, variants }: SeedProduct,
  product_id: string
): Promise<string> {
  const { options } = await container
    .resolve(Modules.PRODUCT)
    .retrieveProduct(product_id, { relations: ["options"] })
  const found = options.find(({ title }) => title === option)
  if (!found) {
    throw new Error(`${handle} has no product option ${option}.`)
  }
  // Medusa keeps no order of values that come with a new product.
  await updateProductOptionsWorkflow(container).run({
    input: {
      selector: { id: found.id },
      update: { ranks: Object.fromEntries(variants.map(({ title }, rank) => [title, rank])) },
    },
  })
  return found.id
}

async function seedTemplate(
  container: MedusaContainer,
  product: SeedProduct,
  product_id: string
): Promise<void> {
  const [existing] = await personalization(container).listTemplates({ product_id }, { take: 1 })
  if (!existing) {
    await createPersonalizationTemplateWorkflow(container).run({
      input: {
        product_id,
        version: 1,
        name: product.title,
        definition: product.template,
        status: "published",
        is_default: true,
      },
    })
  }
}
