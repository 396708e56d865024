// Workflow: send what is to be sent. Workers run it by its id whenever they are woken.
import { createWorkflow, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { DISPATCH_WEBHOOKS_WORKFLOW_ID } from "../../../modules/personalization_webhook"
import { deliverPersonalizationWebhooksStep } from "../steps/deliver-webhooks"
import { fanOutPersonalizationWebhookEventsStep } from "../steps/fan-out-events"

/**
 * Hands out the outbox's events and attempts every delivery that is due. Any number of them may run at a time, on any
 * number of processes.
 * Result: `{ events, attempts }`, how many events were handed out and attempts made.
 */
export const dispatchPersonalizationWebhooksWorkflow = createWorkflow(
  DISPATCH_WEBHOOKS_WORKFLOW_ID,
  () => {
    const events = fanOutPersonalizationWebhookEventsStep()
    const attempts = deliverPersonalizationWebhooksStep()
    return new WorkflowResponse({ events, attempts })
  }
)
