// Managing products with an API key.
import type { Issue } from "../../domain/issue"
import { invalid } from "../../lib/errors"
import { withProductErrors } from "../../workflows/products/lock"
import { newProductIssues } from "../../workflows/products/plan-create"
import { changedProductIssues } from "../../workflows/products/plan-update"
import { findProductId } from "../../workflows/products/product-record"
import { viewProduct } from "../../workflows/products/product-view"
import { createPersonalizationCatalogProductWorkflow } from "../../workflows/products/workflows/create-product"
import { deletePersonalizationCatalogProductWorkflow } from "../../workflows/products/workflows/delete-product"
import { updatePersonalizationCatalogProductWorkflow } from "../../workflows/products/workflows/update-product"
import { handle } from "../standalone/handle"
import { anything, readFields } from "../standalone/well-formed"
import { createProductBody, updateProductBody } from "./validators"

const idMismatch: Issue = {
  path: ["id"],
  code: "id_mismatch",
  message: "id: the body is about another product than the path.",
}

/**
 * `POST /products`: creates a product that can be sold at once; amounts in major units of `currency_code`, default the
 * store's default currency. 400 with every fault, 409 `no_shipping_profile` or `no_sales_channel`, 422
 * `duplicate_handle` or `duplicate_sku`.
 */
export const createProduct = handle(anything, async ({ scope, body }) => {
  const { value, wellFormed, issues } = readFields(createProductBody, body)
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
  const { value, wellFormed, issues } = readFields(updateProductBody, body)
  const foreign = wellFormed.id === undefined || wellFormed.id === id ? [] : [idMismatch]
  if (value === undefined || foreign.length > 0) {
    const found = [...issues, ...foreign, ...(await changedProductIssues(scope, id, wellFormed))]
    throw invalid(found, value && found.length === 1 ? found[0]?.code : undefined)
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
