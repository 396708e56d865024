// Saving a new option set.
import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  touchPersonalizationCatalogOnFailureStep,
  touchPersonalizationCatalogStep,
} from "../../catalog/steps/touch-catalog"
import type { CreateOptionSetInput } from "../input"
import { createPersonalizationOptionPriceSetsStep } from "../steps/create-option-price-sets"
import { planPersonalizationOptionSetStep } from "../steps/plan-option-set"
import { createPersonalizationOptionSetStep } from "../steps/save-option-set"

/**
 * Saves an option set with its options and their price sets, all of it or nothing; answers its id.
 * @throws AppError 404 `product_not_found`; 400 with every fault; 422 `duplicate_key`, `duplicate_option`,
 *   `product_option_bound`.
 */
export const createPersonalizationOptionSetWorkflow = createWorkflow(
  "create-personalization-option-set",
  (input: CreateOptionSetInput) => {
    const plan = planPersonalizationOptionSetStep(input)
    touchPersonalizationCatalogOnFailureStep()
    const price_set_ids = createPersonalizationOptionPriceSetsStep(plan.new_prices)
    const id = createPersonalizationOptionSetStep(
      transform({ plan, price_set_ids }, (data) => data)
    )
    touchPersonalizationCatalogStep()
    return new WorkflowResponse(id)
  }
)
