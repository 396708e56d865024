// Workflow: find work whose wake-up was lost.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { wakePersonalizationWebhookWorkersStep } from "../steps/wake-workers"

/**
 * Wakes the dispatcher, and the inbox's worker for every event that has waited for more than a minute.
 * Result: how many inbox events were found.
 */
export const reconcilePersonalizationWebhooksWorkflow = createWorkflow(
  "reconcile-personalization-webhooks",
  () => new WorkflowResponse(wakePersonalizationWebhookWorkersStep())
)
