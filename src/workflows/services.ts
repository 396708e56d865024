// Typed access to the plugin's module services.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  PERSONALIZATION_MODULE,
  type PersonalizationModuleService,
} from "../modules/personalization"
import {
  PERSONALIZATION_PRODUCTION_MODULE,
  type PersonalizationProductionModuleService,
} from "../modules/personalization_production"
import {
  PERSONALIZATION_RENDERING_MODULE,
  type PersonalizationRenderingModuleService,
} from "../modules/personalization_rendering"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../modules/personalization_webhook"

/** Templates, option sets, sessions, designs and files. */
export function personalization(container: MedusaContainer): PersonalizationModuleService {
  return container.resolve<PersonalizationModuleService>(PERSONALIZATION_MODULE)
}

/** Render jobs and the renderer. */
export function rendering(container: MedusaContainer): PersonalizationRenderingModuleService {
  return container.resolve<PersonalizationRenderingModuleService>(PERSONALIZATION_RENDERING_MODULE)
}

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
