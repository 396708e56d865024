// Storing a picture of the shop's own.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { createPersonalizationAssetStep, type CreateAssetInput } from "../steps/create-asset"

/** Stores a picture under a key for definitions; answers its id, key and lasting relative url. */
export const createPersonalizationAssetWorkflow = createWorkflow(
  "create-personalization-asset",
  (input: CreateAssetInput) => new WorkflowResponse(createPersonalizationAssetStep(input))
)
