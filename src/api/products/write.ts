// Managing products with an API key.
import { z } from "@medusajs/framework/zod"
import type { Issue } from "../../domain/issue"
import { zodIssues } from "../../domain/zod-issues"
import { invalid, invalidField } from "../../lib/errors"
import { withProductErrors } from "../../workflows/products/lock"
import { newProductIssues } from "../../workflows/products/plan-create"
import { changedProductIssues } from "../../workflows/products/plan-update"
import { findProductId } from "../../workflows/products/product-record"
import { viewProduct } from "../../workflows/products/product-view"
import { createPersonalizationCatalogProductWorkflow } from "../../workflows/products/workflows/create-product"
import { deletePersonalizationCatalogProductWorkflow } from "../../workflows/products/workflows/delete-product"
import { updatePersonalizationCatalogProductWorkflow } from "../../workflows/products/workflows/update-product"
import { handle } from "../standalone/handle"
import { createProductBody, updateProductBody } from "./validators"

/** Parsed by the handlers themselves: the faults that the store finds come with those of the form, all at once. */
const anything = { body: z.unknown() }

/**
 * `POST /products`: creates a product that can be sold at once; amounts in major units of `currency_code`, default the
 * store's default currency. 400 with every fault, 409 `no_shipping_profile` or `no_sales_channel`, 422
 * `duplicate_handle` or `duplicate_sku`.
 */
export const createProduct = handle(anything, async ({ scope, body }) => {
  const { value, wellFormed, issues } = read(createProductBody, body)
  if (value === undefined) {
    throw invalid([...issues, ...(await newProductIssues(scope, wellFormed))])
  }
  const { result } = await withProductErrors(() =>
    createPersonalizationCatalogProductWorkflow(scope).run({ input: value })
  )
  return {
    status: 201,
    body: { product: await viewProduct(scope, result.id, value.currency_code) },
  }
})

/**
 * `PUT /products/:id` (id or handle): changes what is given and differs, all or nothing; what `GET` gave changes nothing.
 * 400 with every fault, `ambiguous_base_price` and `id_mismatch` among them, 404, 422 as above, 503 `product_busy`.
 */
export const updateProduct = handle(anything, async ({ scope, body, params }) => {
  const id = await findProductId(scope, params.id ?? "")
  const { value, wellFormed, issues } = read(updateProductBody, body)
  if (value === undefined) {
    throw invalid([...issues, ...(await changedProductIssues(scope, id, wellFormed))])
  }
  if (value.id !== undefined && value.id !== id) {
    throw invalidField(
      ["id"],
      "id_mismatch",
      "id: the body is about another product than the path."
    )
  }
  await withProductErrors(() =>
    updatePersonalizationCatalogProductWorkflow(scope).run({ input: { id, changes: value } })
  )
  return { body: { product: await viewProduct(scope, id, value.currency_code) } }
})

/** `DELETE /products/:id` (id or handle). 404 `product_not_found`, 503 `product_busy`. */
export const deleteProduct = handle({}, async ({ scope, params }) => {
  const id = await findProductId(scope, params.id ?? "")
  await withProductErrors(() =>
    deletePersonalizationCatalogProductWorkflow(scope).run({ input: { id } })
  )
  return { body: { id, object: "product", deleted: true } }
})

/** The parsed body; or its faults, and the fields that have none, which can be judged further. */
function read<S extends z.ZodObject>(
  schema: S,
  body: unknown
): { value: z.output<S> | undefined; wellFormed: Partial<z.output<S>>; issues: Issue[] } {
  const result = schema.safeParse(body)
  if (result.success) {
    return { value: result.data, wellFormed: result.data, issues: [] }
  }
  const given: Record<string, unknown> =
    typeof body === "object" && body !== null ? { ...body } : {}
  const fields = Object.entries(schema.shape).flatMap(([key, field]) => {
    const parsed = z.safeParse(field, given[key])
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data]] : []
  })
  return {
    value: undefined,
    wellFormed: Object.fromEntries(fields) as Partial<z.output<S>>,
    issues: zodIssues(result.error),
  }
}
