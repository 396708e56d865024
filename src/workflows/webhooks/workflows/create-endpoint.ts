// Workflow: make a webhook endpoint.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import type { CreateEndpointInput } from "../../../modules/personalization_webhook"
import { createPersonalizationWebhookEndpointStep } from "../steps/create-endpoint"

/**
 * Makes an endpoint that gets events from now on.
 *
 * Input: `name`; `kind` `http` with a `url`, or `internal` for the in-house workshop; `events`, null for all.
 * Result: `{ endpoint, secret }`; the secret (`whsec_...`) is given out here and never again.
 * Throws AppError 400 with every fault of the input.
 */
export const createPersonalizationWebhookEndpointWorkflow = createWorkflow(
  "create-personalization-webhook-endpoint",
  (input: CreateEndpointInput) =>
    new WorkflowResponse(createPersonalizationWebhookEndpointStep(input))
)
