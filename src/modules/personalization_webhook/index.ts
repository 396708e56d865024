// The webhook module: endpoints, the outbox and its deliveries, their log, and the inbox of verified calls.
import { Module } from "@medusajs/framework/utils"
import { PERSONALIZATION_WEBHOOK_MODULE } from "./ids"
import PersonalizationWebhookModuleService from "./service"

export default Module(PERSONALIZATION_WEBHOOK_MODULE, {
  service: PersonalizationWebhookModuleService,
})

export * from "./ids"
export type { default as PersonalizationWebhookModuleService } from "./service"
export type {
  AttemptReport,
  ClaimedDelivery,
  CreateEndpointInput,
  EndpointView,
  ReceivedEvent,
  ReceiveInput,
  SettleInboxInput,
} from "./types"
