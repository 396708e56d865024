// The shapes the webhook module takes and gives.
import type { InferTypeOf } from "@medusajs/framework/types"
import type { EgressStage } from "../../lib/egress"
import type { SecretEnvelope } from "../../lib/secrets"
import type { AttemptVerdict } from "../../domain/webhook/outcome"
import type { WebhookHeaders } from "../../domain/webhook/signature"
import type { PersonalizationWebhookEndpoint } from "./models/endpoint"
import type { PersonalizationWebhookInbox } from "./models/inbox"

export type EndpointRow = InferTypeOf<typeof PersonalizationWebhookEndpoint>
export type InboxRow = InferTypeOf<typeof PersonalizationWebhookInbox>

/** One signing secret of an endpoint as it is stored. Times are ISO 8601. */
export type StoredSecret = {
  envelope: SecretEnvelope
  created_at: string
  /** Null for the one in force; a replaced one goes on signing until then. */
  expires_at: string | null
}

export type CreateEndpointInput = {
  name: string
  kind: "internal" | "http"
  /** Needed for kind `http`, refused for kind `internal`. */
  url?: string | null
  /** Event types wanted; null or nothing for all. */
  events?: string[] | null
}

/** An endpoint without its secrets. */
export type EndpointView = {
  id: string
  name: string
  kind: "internal" | "http"
  url: string | null
  events: string[] | null
  enabled: boolean
  disabled_reason: string | null
  created_at: Date
  updated_at: Date
}

/** A delivery this process may attempt now, with everything that is to be sent. */
export type ClaimedDelivery = {
  id: string
  /** The row of this attempt in the log. */
  attempt_id: string
  /** Counts from 1. */
  attempt: number
  event: { id: string; type: string; order_id: string | null }
  endpoint: { id: string; kind: "internal" | "http"; url: string }
  /** `fault` when it cannot be signed, with the reason. */
  message: { headers: WebhookHeaders; body: string } | { fault: string }
}

/** What came of an attempt. */
export type AttemptReport = {
  verdict: AttemptVerdict
  response_status: number | null
  response_body: string | null
  error: string | null
  error_stage: EgressStage | null
  duration_ms: number
}

/** A verified call to store. */
export type ReceiveInput = {
  /** Who called, such as `payment:stripe_stripe`. */
  source: string
  /** The caller's own id of the event; the same id is stored once. */
  event_id: string
  type: string
  payload: Record<string, unknown>
  /** Default `received`: a worker is to work on it. */
  state?: "received" | "processed" | "ignored"
}

export type ReceivedEvent = { id: string; duplicate: boolean }

export type SettleInboxInput = { state: "processed" | "failed" | "ignored"; error?: string }
