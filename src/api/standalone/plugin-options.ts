// The plugin's options as the loaded personalization module parsed them.
import { container } from "@medusajs/framework"
import type { PersonalizationOptions } from "../../lib/options"
import {
  PERSONALIZATION_MODULE,
  type PersonalizationModuleService,
} from "../../modules/personalization"

/** The options of this process's app. Routes are loaded after modules, so they are there by then. */
export function pluginOptions(): PersonalizationOptions {
  return container.resolve<PersonalizationModuleService>(PERSONALIZATION_MODULE).options
}
