// Finds out what a partial change of a product really changes, so that what a read gave can be sent back unharmed.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Issue } from "../../domain/issue"
import { invalid } from "../../lib/errors"
import type { PersonalizationOptions } from "../../lib/options"
import { personalization } from "../services"
import { amountIssues, doubled, handleIssues } from "./check-product"
import { refuseDuplicates } from "./duplicates"
import { mediaChange, mediaIssues, shownMedia } from "./media"
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
 * Compares a change with the product. Amounts equal to those that the catalog shows change nothing.
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
  const record = await readProductRecord(container, id, channels, selling?.context)
  const { options } = personalization(container)
  const issues = "issue" in asked ? [asked.issue] : []
  issues.push(
    ...handleIssues(input.handle === record.handle ? undefined : input.handle),
    ...mediaIssues(options, input.media, shownMedia(record)),
    ...variantIssues(record, input)
  )
  const amounts = new Map<string, string>()
  if (currency !== undefined) {
    issues.push(...comparePrices(record, input, currency, amounts))
  }
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

/** Fills `amounts` with the prices to set, by variant. */
function comparePrices(
  record: ProductRecord,
  input: UpdateCatalogProductInput,
  currency: string,
  amounts: Map<string, string>
): Issue[] {
  const issues: Issue[] = []
  const shown = new Map(record.variants.map((variant) => [variant.id, variant.base_price]))
  for (const [index, { id, base_price }] of (input.variants ?? []).entries()) {
    const before = shown.get(id)
    if (base_price === undefined || before === undefined || sameAmount(base_price, before)) {
      continue
    }
    const path = ["variants", index, "base_price"]
    if (base_price === null) {
      issues.push(priceRequired(path))
    } else {
      issues.push(...amountIssues(base_price, path, currency))
      amounts.set(id, base_price)
    }
  }
  const { base_price } = input
  if (base_price === undefined || sameAmount(base_price, record.base_price)) {
    return issues
  }
  if (base_price === null) {
    return [...issues, priceRequired(["base_price"])]
  }
  issues.push(...amountIssues(base_price, ["base_price"], currency))
  if (amounts.size > 0) {
    const after = [...shown].map(([id, price]) => {
      const given = amounts.get(id)
      return given === undefined ? price : Number(given)
    })
    return sameAmount(base_price, lowest(after)) ? issues : [...issues, ambiguous()]
  }
  if (shown.size === 0 || new Set(shown.values()).size > 1) {
    return [...issues, ambiguous()]
  }
  for (const id of shown.keys()) {
    amounts.set(id, base_price)
  }
  return issues
}

function lowest(prices: (number | null)[]): number | null {
  const amounts = prices.filter((price) => price !== null)
  return amounts.length > 0 ? Math.min(...amounts) : null
}

function sameAmount(given: string | null, shown: number | null): boolean {
  return given === null || shown === null ? given === shown : Number(given) === shown
}

function priceRequired(path: Issue["path"]): Issue {
  const message = `${path.join(".")}: a price cannot be taken away, only changed.`
  return { path, code: "price_required", message }
}

function ambiguous(): Issue {
  return {
    path: ["base_price"],
    code: "ambiguous_base_price",
    message:
      "base_price: the product's variants differ in price; set variants[].base_price instead.",
  }
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
