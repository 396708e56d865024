// Deleting an option set.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  touchPersonalizationCatalogOnFailureStep,
  touchPersonalizationCatalogStep,
} from "../../catalog/steps/touch-catalog"
import { deletePersonalizationOptionSetStep } from "../steps/delete-option-set"

/**
 * Deletes an option set softly; answers its id. Designs in progress that began before go on with it and its prices, new
 * ones do not see it, and its key is free again.
 * @throws AppError 404 `option_set_not_found`
 */
export const deletePersonalizationOptionSetWorkflow = createWorkflow(
  "delete-personalization-option-set",
  (input: { id: string }) => {
    touchPersonalizationCatalogOnFailureStep()
    const id = deletePersonalizationOptionSetStep(input.id)
    touchPersonalizationCatalogStep()
    return new WorkflowResponse(id)
  }
)
