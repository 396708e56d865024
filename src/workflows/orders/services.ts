// Typed access to the services that orders and payments need.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  PERSONALIZATION_PRODUCTION_MODULE,
  type PersonalizationProductionModuleService,
} from "../../modules/personalization_production"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../../modules/personalization_webhook"

/** Production records, checkouts and payment attempts. */
export function production(container: MedusaContainer): PersonalizationProductionModuleService {
  return container.resolve<PersonalizationProductionModuleService>(
    PERSONALIZATION_PRODUCTION_MODULE
  )
}

/** The outbox's dispatcher and the inbox. */
export function webhooks(container: MedusaContainer): PersonalizationWebhookModuleService {
  return container.resolve<PersonalizationWebhookModuleService>(PERSONALIZATION_WEBHOOK_MODULE)
}
