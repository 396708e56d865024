// The production module: an order's life from placed to delivered, its checkout and its payment attempts.
import { Module } from "@medusajs/framework/utils"
import PersonalizationProductionModuleService from "./service"

export const PERSONALIZATION_PRODUCTION_MODULE = "personalization_production"

export default Module(PERSONALIZATION_PRODUCTION_MODULE, {
  service: PersonalizationProductionModuleService,
})

export type { default as PersonalizationProductionModuleService } from "./service"
