// Creates a product that can be sold at once.
import { createProductsWorkflow } from "@medusajs/medusa/core-flows"
import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  touchPersonalizationCatalogOnFailureStep,
  touchPersonalizationCatalogStep,
} from "../../catalog/steps/touch-catalog"
import { planPersonalizationProductStep } from "../steps/plan-product"
import type { CreateCatalogProductInput } from "../types"

/**
 * Creates a product through Medusa's `createProductsWorkflow`, in the store's default sales channel and with its default
 * shipping profile; without variants it gets one whose stock is not counted. Nothing stays of a product that failed.
 * @returns the new product's id
 * @throws AppError 400 with every issue, 409 `no_sales_channel`, `no_shipping_profile` or `no_default_currency`, 422
 *   `duplicate_handle` or `duplicate_sku`.
 */
export const createPersonalizationCatalogProductWorkflow = createWorkflow(
  "create-personalization-catalog-product",
  (input: CreateCatalogProductInput) => {
    const product = planPersonalizationProductStep(input)
    touchPersonalizationCatalogOnFailureStep()
    const created = createProductsWorkflow.runAsStep({
      input: transform({ product }, ({ product }) => ({ products: [product] })),
    })
    touchPersonalizationCatalogStep()
    return new WorkflowResponse(
      transform({ created }, ({ created }) => ({ id: created[0]?.id ?? "" }))
    )
  }
)
