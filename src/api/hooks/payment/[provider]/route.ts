// Payment events. Those of this plugin's providers are verified on the raw bytes and stored before they are answered;
// those of other providers go to Medusa's own handler, whose route this file takes the place of.
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules, PaymentActions } from "@medusajs/framework/utils"
import { POST as medusaHandler } from "@medusajs/medusa/api/hooks/payment/[provider]/route"
import { providerEventSchema } from "../../../../domain/order/payment-event"
import { AppError } from "../../../../lib/errors"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../../../../modules/personalization_webhook"
import { isDeferredProvider } from "../../../../workflows/payments/providers"
import { sendError } from "../../../standalone/respond"

/** Actions that say nothing about money; their events are taken and forgotten. */
const WITHOUT_EFFECT: string[] = [
  PaymentActions.NOT_SUPPORTED,
  PaymentActions.PENDING,
  PaymentActions.PENDING_AUTHORIZATION,
  PaymentActions.REQUIRES_MORE,
]

/** 200 once the event is stored, a repeated one too; 400 for a bad signature; 5xx when it cannot be stored. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const provider = req.params.provider ?? ""
  const providerId = provider.startsWith("pp_") ? provider : `pp_${provider}`
  if (!isDeferredProvider(providerId)) {
    await medusaHandler(req, res)
    return
  }
  try {
    await receive(req, providerId)
    res.status(200).json({ received: true })
  } catch (error) {
    sendError(req, res, error)
  }
}

async function receive(req: MedusaRequest, providerId: string): Promise<void> {
  const rawData: unknown = req.rawBody
  if (!Buffer.isBuffer(rawData)) {
    throw new AppError("invalid_data", "empty_body", "A payment event must have a JSON body.")
  }
  await requireProvider(req, providerId)
  const { action, data } = await req.scope.resolve(Modules.PAYMENT).getWebhookActionAndData({
    provider: providerId,
    payload: { data: {}, rawData, headers: req.headers },
  })
  if (WITHOUT_EFFECT.includes(action)) {
    return
  }
  const event = { ...providerEventSchema.parse(data), provider_id: providerId }
  const inbox = req.scope.resolve<PersonalizationWebhookModuleService>(
    PERSONALIZATION_WEBHOOK_MODULE
  )
  const { id } = await inbox.receive({
    source: `payment:${providerId}`,
    event_id: event.event_id,
    type: event.type,
    payload: event,
  })
  await inbox.wakeInbox(id)
}

/** @throws AppError 404 `payment_provider_not_found` when the store has no such provider. */
async function requireProvider(req: MedusaRequest, providerId: string): Promise<void> {
  const [known] = await req.scope
    .resolve(Modules.PAYMENT)
    .listPaymentProviders({ id: [providerId], is_enabled: true }, { take: 1 })
  if (!known) {
    throw new AppError(
      "not_found",
      "payment_provider_not_found",
      "The payment provider was not found."
    )
  }
}
