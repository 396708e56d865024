// Deleting a version of a template.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  touchPersonalizationCatalogOnFailureStep,
  touchPersonalizationCatalogStep,
} from "../../catalog/steps/touch-catalog"
import { deletePersonalizationTemplateStep } from "../steps/delete-template"

/** Deletes a version of a template softly; answers its id. Its number stays taken. */
export const deletePersonalizationTemplateWorkflow = createWorkflow(
  "delete-personalization-template",
  (input: { id: string }) => {
    touchPersonalizationCatalogOnFailureStep()
    const id = deletePersonalizationTemplateStep(input)
    touchPersonalizationCatalogStep()
    return new WorkflowResponse(id)
  }
)
