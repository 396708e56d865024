// The personalization module: templates, option sets, sessions, uploads, designs, and the private files they use.
import { Module } from "@medusajs/framework/utils"
import { JOINER_CONFIG, PERSONALIZATION_MODULE } from "./joiner"
import PersonalizationModuleService from "./service"

// Before `Module` makes one of its own.
Object.assign(PersonalizationModuleService.prototype, { __joinerConfig: () => JOINER_CONFIG })

export default Module(PERSONALIZATION_MODULE, { service: PersonalizationModuleService })

export { PERSONALIZATION_MODULE }
export type { default as PersonalizationModuleService } from "./service"
