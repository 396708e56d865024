// The built-in fulfillment receiver: the in-house workshop's end of a webhook, over HTTP or within the process.
import { isWebhookEventType } from "../../domain/webhook/event-types"
import { parseWebhookBody } from "../../domain/webhook/payload"
import type { SignatureFault, WebhookHeaders } from "../../domain/webhook/signature"
import { AppError, invalidField } from "../../lib/errors"
import {
  RECEIVER_SOURCE,
  type PersonalizationWebhookModuleService,
} from "../../modules/personalization_webhook"

/** A call as it came in. `body` holds the exact characters that were signed. */
export type FulfillmentCall = {
  headers: { [K in keyof WebhookHeaders]?: string | undefined }
  body: string
}

const MESSAGES: Record<SignatureFault, string> = {
  missing_headers:
    "The headers webhook-id, webhook-timestamp and webhook-signature must all be there.",
  malformed_headers: "A webhook header is not in the form that Standard Webhooks prescribes.",
  timestamp_too_old: "The webhook-timestamp is more than five minutes old.",
  timestamp_too_new: "The webhook-timestamp is more than five minutes ahead.",
  signature_mismatch: "The webhook-signature does not match the body.",
}

/**
 * Verifies a call and stores it once by its `webhook-id`; a repeated id changes nothing. Events of a type this
 * version does not know are stored as ignored.
 * @throws AppError 401 with the fault of the signature as code; 400 when a signed body is not a webhook's
 */
export async function receiveFulfillment(
  service: PersonalizationWebhookModuleService,
  call: FulfillmentCall
): Promise<{ id: string; duplicate: boolean }> {
  const now = Math.floor(Date.now() / 1000)
  const checked = await service.verifyInternalCall(call.headers, call.body, now)
  if (!checked.success) {
    throw new AppError("unauthorized", checked.fault, MESSAGES[checked.fault])
  }
  const message = parseWebhookBody(call.body)
  if (!message) {
    throw invalidField(
      [],
      "malformed_webhook",
      "The body is not a JSON object with type, timestamp and data."
    )
  }
  return await service.receive({
    source: RECEIVER_SOURCE,
    event_id: checked.id,
    type: message.type,
    payload: message,
    state: isWebhookEventType(message.type) ? "processed" : "ignored",
  })
}
