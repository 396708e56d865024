// Finds out what a partial change of a product really changes, so that what a read gave can be sent back unharmed.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Issue } from "../../domain/issue"
import { invalid } from "../../lib/errors"
import type { PersonalizationOptions } from "../../lib/options"
import type { PriceContext } from "../catalog/region"
import { personalization } from "../services"
import { doubled, handleIssues } from "./check-product"
import { comparePrices } from "./compare-prices"
import { refuseDuplicates } from "./duplicates"
import { mediaChange, mediaIssues, shownMedia } from "./media"
import { readPriceOffers } from "./price-offers"
import { readProductRecord, type ProductRecord } from "./product-record"
import { readSelling, writeCurrency } from "./store-facts"
import type { ProductStatus, UpdateCatalogProductInput } from "./types"

/** What is to be changed; empty parts change nothing. */
export type ProductUpdatePlan = {
  product: ProductFields | null
  variants: { id: string; title?: string; sku?: string | null }[]
  currency_code: string
  /** Plain prices of price sets there are. */
  prices: { price_set_id: string; amount: string }[]
  /** Variants that have no price set yet. */
  unpriced: { variant_id: string; amount: string }[]
}
type ProductFields = {
  id: string
  title?: string
  description?: string | null
  handle?: string
  status?: ProductStatus
  images?: { id?: string; url: string }[]
  thumbnail?: string | null
}

/**
 * Compares a change with the product. Amounts that only repeat what is there change nothing: see `comparePrices`.
 * @throws AppError 400 with every issue, 404 `product_not_found`, 422 `duplicate_handle` or `duplicate_sku`.
 */
export async function planProductUpdate(
  container: MedusaContainer,
  id: string,
  input: UpdateCatalogProductInput
): Promise<ProductUpdatePlan> {
  const { issues, plan, record } = await compareProduct(container, id, input)
  if (issues.length > 0) {
    throw invalid(issues, issues.length === 1 ? issues[0]?.code : undefined)
  }
  await refuseDuplicates(container, {
    product_id: record.id,
    handle: plan.product?.handle,
    skus: (input.variants ?? []).flatMap(({ id, sku }, index) =>
      sku && plan.variants.some((variant) => variant.id === id && variant.sku !== undefined)
        ? [{ sku, index, variant_id: id }]
        : []
    ),
  })
  return plan
}

/** Every fault of the fields given against the product and the store; fields may be missing. */
export async function changedProductIssues(
  container: MedusaContainer,
  id: string,
  input: UpdateCatalogProductInput
): Promise<Issue[]> {
  return (await compareProduct(container, id, input)).issues
}

async function compareProduct(
  container: MedusaContainer,
  id: string,
  input: UpdateCatalogProductInput
): Promise<{ issues: Issue[]; plan: ProductUpdatePlan; record: ProductRecord }> {
  const asked = await writeCurrency(container, input.currency_code)
  const currency = "currency" in asked ? asked.currency : undefined
  const selling = currency === undefined ? undefined : await readSelling(container, currency)
  const channels = selling?.channels ?? []
  const record = await readProductRecord(container, id, channels, undefined)
  const { options } = personalization(container)
  const issues = "issue" in asked ? [asked.issue] : []
  issues.push(
    ...handleIssues(input.handle === record.handle ? undefined : input.handle),
    ...mediaIssues(options, input.media, shownMedia(record)),
    ...variantIssues(record, input)
  )
  const prices = selling && (await priceChanges(container, record, input, selling.contexts))
  const amounts = prices?.amounts ?? new Map<string, string>()
  issues.push(...(prices?.issues ?? []))
  const plan: ProductUpdatePlan = {
    product: productFields(options, record, input),
    variants: variantFields(record, input, amounts),
    currency_code: currency ?? "",
    prices: [],
    unpriced: [],
  }
  for (const { id: variant_id, price_set_id } of record.variants) {
    const amount = amounts.get(variant_id)
    if (amount !== undefined && price_set_id !== null) {
      plan.prices.push({ price_set_id, amount })
    } else if (amount !== undefined) {
      plan.unpriced.push({ variant_id, amount })
    }
  }
  return { issues, plan, record }
}

async function priceChanges(
  container: MedusaContainer,
  record: ProductRecord,
  input: UpdateCatalogProductInput,
  contexts: PriceContext[]
) {
  const given = [input, ...(input.variants ?? [])]
  const offers = given.some(({ base_price }) => base_price !== undefined)
    ? await readPriceOffers(container, record.variants, contexts)
    : []
  return comparePrices(offers, input, contexts[0]?.currency_code ?? "")
}

function variantIssues(record: ProductRecord, { variants = [] }: UpdateCatalogProductInput) {
  const known = new Set(record.variants.map(({ id }) => id))
  return [
    ...variants.flatMap(({ id }, index): Issue[] => {
      const path = ["variants", index, "id"]
      const message = `${path.join(".")}: the product has no such variant.`
      return known.has(id) ? [] : [{ path, code: "unknown_variant", message }]
    }),
    ...doubled(
      variants.map(({ id }) => id),
      (index) => ["variants", index, "id"],
      "duplicate_variant"
    ),
    ...doubled(
      variants.map(({ sku }) => sku),
      (index) => ["variants", index, "sku"],
      "duplicate_sku"
    ),
  ]
}

function productFields(
  options: PersonalizationOptions,
  record: ProductRecord,
  input: UpdateCatalogProductInput
): ProductFields | null {
  const fields: ProductFields = {
    id: record.id,
    ...(input.name !== undefined && input.name !== record.title ? { title: input.name } : {}),
    ...(input.description !== undefined && input.description !== record.description
      ? { description: input.description }
      : {}),
    ...(input.handle !== undefined && input.handle !== record.handle
      ? { handle: input.handle }
      : {}),
    ...(input.status !== undefined && input.status !== record.status
      ? { status: input.status }
      : {}),
    ...(input.media ? mediaChange(options, record, input.media) : {}),
  }
  return Object.keys(fields).length > 1 ? fields : null
}

/** The variants with changed fields or prices; one whose price alone changes is named too, so that its event is sent. */
function variantFields(
  record: ProductRecord,
  input: UpdateCatalogProductInput,
  amounts: Map<string, string>
): ProductUpdatePlan["variants"] {
  return record.variants.flatMap((variant) => {
    const given = input.variants?.find(({ id }) => id === variant.id)
    const fields = {
      ...(given?.title !== undefined && given.title !== variant.title
        ? { title: given.title }
        : {}),
      ...(given?.sku !== undefined && given.sku !== variant.sku ? { sku: given.sku } : {}),
    }
    return Object.keys(fields).length > 0 || amounts.has(variant.id)
      ? [{ id: variant.id, ...fields }]
      : []
  })
}
