// Deletes a product.
import {
  acquireLockStep,
  deleteProductsWorkflow,
  releaseLockStep,
} from "@medusajs/medusa/core-flows"
import { createWorkflow, transform } from "@medusajs/framework/workflows-sdk"
import {
  touchPersonalizationCatalogOnFailureStep,
  touchPersonalizationCatalogStep,
} from "../../catalog/steps/touch-catalog"
import { PRODUCT_LOCK, productLockKey } from "../lock"
import { findPersonalizationProductStep } from "../steps/plan-product"

/**
 * Deletes a product through Medusa's `deleteProductsWorkflow`, softly: what was designed or ordered keeps its copy.
 * @throws AppError 404 `product_not_found`.
 */
export const deletePersonalizationCatalogProductWorkflow = createWorkflow(
  "delete-personalization-catalog-product",
  (input: { id: string }) => {
    const key = transform({ input }, ({ input }) => productLockKey(input.id))
    acquireLockStep(transform({ key }, ({ key }) => ({ key, ...PRODUCT_LOCK })))
    const id = findPersonalizationProductStep(input)
    touchPersonalizationCatalogOnFailureStep()
    deleteProductsWorkflow.runAsStep({ input: transform({ id }, ({ id }) => ({ ids: [id] })) })
    touchPersonalizationCatalogStep()
    releaseLockStep(transform({ key }, ({ key }) => ({ key })))
  }
)
