// Workflow: take a call to the built-in fulfillment receiver.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import type { FulfillmentCall } from "../receive"
import { receivePersonalizationFulfillmentStep } from "../steps/receive-fulfillment"

/** Verifies a call and stores it once. Input, result and errors are those of `receiveFulfillment`. */
export const receivePersonalizationFulfillmentWorkflow = createWorkflow(
  "receive-personalization-fulfillment",
  (call: FulfillmentCall) => new WorkflowResponse(receivePersonalizationFulfillmentStep(call))
)
