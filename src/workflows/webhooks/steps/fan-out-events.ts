// Step: hand the outbox's new events out to the endpoints that want them.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../../../modules/personalization_webhook"

/** Events per transaction. */
const BATCH = 100

/** Each batch is a transaction of its own that need not be taken back: deliveries are made once, whoever makes them. */
export const fanOutPersonalizationWebhookEventsStep = createStep(
  "fan-out-personalization-webhook-events",
  async (_: void, { container }) => {
    const service = container.resolve<PersonalizationWebhookModuleService>(
      PERSONALIZATION_WEBHOOK_MODULE
    )
    let events = 0
    let batch: number
    do {
      batch = await service.fanOutEvents(BATCH)
      events += batch
    } while (batch === BATCH)
    return new StepResponse(events)
  }
)
