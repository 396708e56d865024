// Step: attempt every delivery that is due.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../../../modules/personalization_webhook"
import { deliverAll } from "../delivery/deliver-all"

/** What was sent cannot be taken back, so there is no compensation. */
export const deliverPersonalizationWebhooksStep = createStep(
  "deliver-personalization-webhooks",
  async (_: void, { container }) => {
    const service = container.resolve<PersonalizationWebhookModuleService>(
      PERSONALIZATION_WEBHOOK_MODULE
    )
    const run = await deliverAll(service, container.resolve(ContainerRegistrationKeys.LOGGER))
    if (run.unfinished) {
      await service.wakeDispatcher()
    }
    return new StepResponse(run.attempts)
  }
)
