// Typed access to the plugin's module services.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  PERSONALIZATION_MODULE,
  type PersonalizationModuleService,
} from "../modules/personalization"
import {
  PERSONALIZATION_RENDERING_MODULE,
  type PersonalizationRenderingModuleService,
} from "../modules/personalization_rendering"

/** Templates, option sets, sessions, designs and files. */
export function personalization(container: MedusaContainer): PersonalizationModuleService {
  return container.resolve<PersonalizationModuleService>(PERSONALIZATION_MODULE)
}

/** Render jobs and the renderer. */
export function rendering(container: MedusaContainer): PersonalizationRenderingModuleService {
  return container.resolve<PersonalizationRenderingModuleService>(PERSONALIZATION_RENDERING_MODULE)
}
