// Step: remove what nothing leads to any more.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { removeStrays } from "../remove-strays"

/** What is gone cannot be taken back, so there is no compensation. */
export const removePersonalizationStraysStep = createStep(
  "remove-personalization-strays",
  async (_: void, { container }) => new StepResponse(await removeStrays(container))
)
