// Saving a version of a template.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  touchPersonalizationCatalogOnFailureStep,
  touchPersonalizationCatalogStep,
} from "../../catalog/steps/touch-catalog"
import {
  createPersonalizationTemplateStep,
  type CreateTemplateInput,
} from "../steps/create-template"

/** Saves a version of a product's template after checking it; answers the template and the definition's warnings. */
export const createPersonalizationTemplateWorkflow = createWorkflow(
  "create-personalization-template",
  (input: CreateTemplateInput) => {
    touchPersonalizationCatalogOnFailureStep()
    const saved = createPersonalizationTemplateStep(input)
    touchPersonalizationCatalogStep()
    return new WorkflowResponse(saved)
  }
)
