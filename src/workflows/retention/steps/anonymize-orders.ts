// Step: anonymise the orders that are due.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { anonymizeOrders } from "../anonymize-orders"

/** What is gone cannot be taken back, so there is no compensation. */
export const anonymizePersonalizationOrdersStep = createStep(
  "anonymize-personalization-orders",
  async (_: void, { container }) => new StepResponse(await anonymizeOrders(container))
)
