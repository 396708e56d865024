// Changing an option set.
import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { touchPersonalizationCatalogStep } from "../../catalog/steps/touch-catalog"
import type { UpdateOptionSetInput } from "../input"
import { changePersonalizationOptionPricesStep } from "../steps/change-option-prices"
import { createPersonalizationOptionPriceSetsStep } from "../steps/create-option-price-sets"
import { planPersonalizationOptionSetChangeStep } from "../steps/plan-option-set"
import { updatePersonalizationOptionSetStep } from "../steps/save-option-set"

/**
 * Changes an option set, all of it or nothing; answers its id. Options that stay keep their ids and price sets, options
 * that are left out are deleted softly.
 * @throws AppError 404 `option_set_not_found`; 400 with every fault; 409 `option_set_changed`; 422 `duplicate_key`,
 *   `duplicate_option`, `product_option_bound`.
 */
export const updatePersonalizationOptionSetWorkflow = createWorkflow(
  "update-personalization-option-set",
  (input: UpdateOptionSetInput) => {
    const plan = planPersonalizationOptionSetChangeStep(input)
    const price_set_ids = createPersonalizationOptionPriceSetsStep(plan.new_prices)
    changePersonalizationOptionPricesStep(plan.price_changes)
    const id = updatePersonalizationOptionSetStep(
      transform({ plan, price_set_ids }, (data) => data)
    )
    touchPersonalizationCatalogStep()
    return new WorkflowResponse(id)
  }
)
