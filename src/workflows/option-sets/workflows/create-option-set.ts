// Saving an option set.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import {
  createPersonalizationOptionSetStep,
  type CreateOptionSetInput,
} from "../steps/create-option-set"

/** Saves an option set with its options and their price sets; answers the set with its options. */
export const createPersonalizationOptionSetWorkflow = createWorkflow(
  "create-personalization-option-set",
  (input: CreateOptionSetInput) => new WorkflowResponse(createPersonalizationOptionSetStep(input))
)
