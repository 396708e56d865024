// Step: make a webhook endpoint with its first signing secret.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type CreateEndpointInput,
  type PersonalizationWebhookModuleService,
} from "../../../modules/personalization_webhook"

export const createPersonalizationWebhookEndpointStep = createStep(
  "create-personalization-webhook-endpoint",
  async (input: CreateEndpointInput, { container }) => {
    const service = container.resolve<PersonalizationWebhookModuleService>(
      PERSONALIZATION_WEBHOOK_MODULE
    )
    const made = await service.createEndpoint(input)
    return new StepResponse(made, made.endpoint.id)
  },
  async (id, { container }) => {
    if (id) {
      const service = container.resolve<PersonalizationWebhookModuleService>(
        PERSONALIZATION_WEBHOOK_MODULE
      )
      await service.deletePersonalizationWebhookEndpoints(id)
    }
  }
)
