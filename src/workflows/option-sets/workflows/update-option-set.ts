// Changing an option set.
import { acquireLockStep, releaseLockStep } from "@medusajs/medusa/core-flows"
import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  touchPersonalizationCatalogOnFailureStep,
  touchPersonalizationCatalogStep,
} from "../../catalog/steps/touch-catalog"
import type { UpdateOptionSetInput } from "../input"
import { OPTION_SET_LOCK, optionSetLockKey } from "../lock"
import {
  removePersonalizationOptionPricesStep,
  setPersonalizationOptionPricesStep,
} from "../steps/change-option-prices"
import { createPersonalizationOptionPriceSetsStep } from "../steps/create-option-price-sets"
import { planPersonalizationOptionSetChangeStep } from "../steps/plan-option-set"
import { updatePersonalizationOptionSetStep } from "../steps/save-option-set"

/**
 * Changes an option set, all of it or nothing, one change of a set at a time; answers its id. Options that stay keep
 * their ids and price sets, options that are left out are deleted softly.
 * @throws AppError 404 `option_set_not_found`; 400 with every fault; 409 `option_set_changed`; 422 `duplicate_key`,
 *   `duplicate_option`, `product_option_bound`.
 */
export const updatePersonalizationOptionSetWorkflow = createWorkflow(
  "update-personalization-option-set",
  (input: UpdateOptionSetInput) => {
    const key = transform({ input }, ({ input }) => optionSetLockKey(input.id))
    acquireLockStep(transform({ key }, ({ key }) => ({ key, ...OPTION_SET_LOCK })))
    const plan = planPersonalizationOptionSetChangeStep(input)
    touchPersonalizationCatalogOnFailureStep()
    const price_set_ids = createPersonalizationOptionPriceSetsStep(plan.new_prices)
    // Before the prices: a conflict with a process that knows other locks is found before they are touched.
    const id = updatePersonalizationOptionSetStep(
      transform({ plan, price_set_ids }, (data) => data)
    )
    setPersonalizationOptionPricesStep(plan.price_changes)
    removePersonalizationOptionPricesStep(plan.price_changes)
    touchPersonalizationCatalogStep()
    releaseLockStep(transform({ key }, ({ key }) => ({ key })))
    return new WorkflowResponse(id)
  }
)
