// The personalization module: templates, option sets, sessions, uploads, designs, and the private files they use.
import { Module } from "@medusajs/framework/utils"
import PersonalizationModuleService from "./service"

export const PERSONALIZATION_MODULE = "personalization"

export default Module(PERSONALIZATION_MODULE, { service: PersonalizationModuleService })

export type { default as PersonalizationModuleService } from "./service"
