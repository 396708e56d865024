// Step: verify and store a call to the built-in fulfillment receiver.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../../../modules/personalization_webhook"
import { receiveFulfillment, type FulfillmentCall } from "../receive"

/** One insert, so there is nothing to take back. */
export const receivePersonalizationFulfillmentStep = createStep(
  "receive-personalization-fulfillment",
  async (call: FulfillmentCall, { container }) => {
    const service = container.resolve<PersonalizationWebhookModuleService>(
      PERSONALIZATION_WEBHOOK_MODULE
    )
    return new StepResponse(await receiveFulfillment(service, call))
  }
)
