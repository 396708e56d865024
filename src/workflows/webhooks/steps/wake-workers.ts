// Step: wake the workers for everything that may have been forgotten.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../../../modules/personalization_webhook"

/** An inbox event that waited longer lost its wake-up, or its worker failed. */
const STUCK_SECONDS = 60
const MAX_INBOX_WAKE_UPS = 500

export const wakePersonalizationWebhookWorkersStep = createStep(
  "wake-personalization-webhook-workers",
  async (_: void, { container }) => {
    const service = container.resolve<PersonalizationWebhookModuleService>(
      PERSONALIZATION_WEBHOOK_MODULE
    )
    await service.wakeDispatcher()
    const stuck = await service.listWaitingInboxIds(STUCK_SECONDS, MAX_INBOX_WAKE_UPS)
    for (const id of stuck) {
      await service.wakeInbox(id)
    }
    return new StepResponse(stuck.length)
  }
)
