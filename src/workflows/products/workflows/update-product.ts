// Changes a product, its variants and their plain prices.
import {
  acquireLockStep,
  createPriceSetsStep,
  createVariantPricingLinkStep,
  releaseLockStep,
  updateProductsWorkflow,
  updateProductVariantsWorkflow,
} from "@medusajs/medusa/core-flows"
import {
  createWorkflow,
  transform,
  when,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import {
  touchPersonalizationCatalogOnFailureStep,
  touchPersonalizationCatalogStep,
} from "../../catalog/steps/touch-catalog"
import { PRODUCT_LOCK, productLockKey } from "../lock"
import { planPersonalizationProductUpdateStep } from "../steps/plan-product"
import {
  dropPersonalizationDoubledPricesStep,
  setPersonalizationPlainPricesStep,
} from "../steps/set-plain-prices"
import type { UpdateCatalogProductInput } from "../types"

export type UpdateCatalogProductWorkflowInput = { id: string; changes: UpdateCatalogProductInput }

/**
 * Changes what differs from the product as it is, all or nothing, one change of a product at a time. Of the prices only
 * the plain one of the currency changes: other currencies, regions' prices, tiers and price lists stay. What an amount
 * means where these decide the price shown: see `comparePrices`.
 * @returns the product's id, and whether anything changed
 * @throws AppError 400 with every issue, 404 `product_not_found`, 422 `duplicate_handle` or `duplicate_sku`.
 */
export const updatePersonalizationCatalogProductWorkflow = createWorkflow(
  "update-personalization-catalog-product",
  (input: UpdateCatalogProductWorkflowInput) => {
    const key = transform({ input }, ({ input }) => productLockKey(input.id))
    acquireLockStep(transform({ key }, ({ key }) => ({ key, ...PRODUCT_LOCK })))
    touchPersonalizationCatalogOnFailureStep()
    const plan = planPersonalizationProductUpdateStep(input)
    when("product-changes", { plan }, ({ plan }) => plan.product !== null).then(() => {
      updateProductsWorkflow.runAsStep({
        input: transform({ plan }, ({ plan }) => ({
          products: plan.product ? [plan.product] : [],
        })),
      })
    })
    when("variants-change", { plan }, ({ plan }) => plan.variants.length > 0).then(() => {
      updateProductVariantsWorkflow.runAsStep({
        input: transform({ plan }, ({ plan }) => ({ product_variants: plan.variants })),
      })
    })
    when("prices-change", { plan }, ({ plan }) => plan.prices.length > 0).then(() => {
      const prices = transform({ plan }, ({ plan: { currency_code, prices } }) => ({
        currency_code,
        prices,
      }))
      setPersonalizationPlainPricesStep(prices)
      dropPersonalizationDoubledPricesStep(prices)
    })
    when("prices-are-new", { plan }, ({ plan }) => plan.unpriced.length > 0).then(() => {
      const created = createPriceSetsStep(
        transform({ plan }, ({ plan: { currency_code, unpriced } }) =>
          unpriced.map(({ amount }) => ({ prices: [{ currency_code, amount }] }))
        )
      )
      createVariantPricingLinkStep(
        transform({ plan, created }, ({ plan, created }) => ({
          links: plan.unpriced.flatMap(({ variant_id }, index) => {
            const price_set_id = created[index]?.id
            return price_set_id ? [{ variant_id, price_set_id }] : []
          }),
        }))
      )
    })
    const result = transform({ input, plan }, ({ input, plan }) => ({
      id: input.id,
      changed: plan.product !== null || plan.variants.length > 0,
    }))
    when("anything-changed", { result }, ({ result }) => result.changed).then(() => {
      touchPersonalizationCatalogStep()
    })
    releaseLockStep(transform({ key }, ({ key }) => ({ key })))
    return new WorkflowResponse(result)
  }
)
