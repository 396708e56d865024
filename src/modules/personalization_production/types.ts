// The inputs and rows of the production module's service.
import type { InferTypeOf } from "@medusajs/framework/types"
import type { OrderState } from "../../domain/order/lifecycle"
import type { PaymentError } from "../../domain/order/payment-event"
import type { Checkout } from "./models/checkout"
import type { PaymentAttempt } from "./models/payment-attempt"
import type { ProductionOrder } from "./models/production-order"

export type ProductionOrderRow = InferTypeOf<typeof ProductionOrder>
export type CheckoutRow = InferTypeOf<typeof Checkout>
export type PaymentAttemptRow = InferTypeOf<typeof PaymentAttempt>

/** The facts of an order as events carry them; the service adds the state and the tracking of the moment. */
export type OrderSnapshot = Record<string, unknown>

/** What customers pay with: a page to go to, or a secret for the provider's own form. */
export type PaymentHandoff = { url?: string | undefined; client_secret?: string | undefined }

/** A Medusa order that gets its production record. `total` is a decimal string in major units. */
export type NewProductionOrder = {
  order_id: string
  display_id: number | null
  visitor_id: string | null
  customer_id: string | null
  checkout_id: string | null
  currency_code: string
  total: string
  placed_at: Date
  /** A stable code of why nothing may be made yet; null when it may. */
  hold_reason: string | null
  actor: string
  snapshot: OrderSnapshot
}

/** A step asked for. `expected_version` makes it fail when somebody else took a step first. */
export type StepRequest = {
  order_id: string
  to: OrderState
  actor: string
  reason?: string | undefined
  expected_version?: number | undefined
  tracking_number?: string | undefined
  tracking_url?: string | undefined
  snapshot: OrderSnapshot
}

/** What a step came to; `changed` is false when the order had that state already. */
export type StepResult = { order: ProductionOrderRow; changed: boolean }

/** A checkout about to start. */
export type NewCheckout = {
  cart_id: string
  visitor_id: string
  idempotency_key: string | null
  body_hash: string
}

/** What a provider answered to an attempt. */
export type AttemptAnswer = {
  attempt_id: string
  payment_session_id: string
  external_id: string | null
  handoff: PaymentHandoff
}

/** A failure of an attempt, in words for the customer. */
export type AttemptFailure = { attempt_id: string; error: PaymentError }
