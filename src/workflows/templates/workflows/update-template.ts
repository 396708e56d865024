// Changing a version of a template.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  touchPersonalizationCatalogOnFailureStep,
  touchPersonalizationCatalogStep,
} from "../../catalog/steps/touch-catalog"
import {
  updatePersonalizationTemplateStep,
  type UpdateTemplateInput,
} from "../steps/update-template"

/** Changes a version of a template, all of it or nothing; answers the template and warnings of a definition given. */
export const updatePersonalizationTemplateWorkflow = createWorkflow(
  "update-personalization-template",
  (input: UpdateTemplateInput) => {
    touchPersonalizationCatalogOnFailureStep()
    const saved = updatePersonalizationTemplateStep(input)
    touchPersonalizationCatalogStep()
    return new WorkflowResponse(saved)
  }
)
