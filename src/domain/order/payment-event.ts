// What a verified call of a payment provider says, in one form for every provider.
import { z } from "@medusajs/framework/zod"

/** A decimal amount in major units of its currency, as a string so that no digit is lost. */
const decimal = z.string().regex(/^\d+(\.\d+)?$/, "must be a decimal amount")

/** Why a payment failed: a stable code and words for the customer. */
export const paymentErrorSchema = z.strictObject({ code: z.string(), message: z.string() })

/** A payment event as the providers of this plugin answer it from their webhook method. */
export const providerEventSchema = z.strictObject({
  /** The provider's id of the event; a repeated delivery carries the same one. */
  event_id: z.string().min(1),
  /** The provider's own word, such as `payment.succeeded`. */
  type: z.string().min(1),
  /** What the event means; `captured` is money taken, `authorized` money reserved. */
  action: z.enum(["captured", "authorized", "failed", "canceled"]),
  /** The payment session it belongs to. */
  session_id: z.string().min(1),
  /** The provider's id of the payment. */
  external_id: z.string().min(1),
  amount: decimal,
  currency_code: z.string().length(3),
  error: paymentErrorSchema.nullish(),
})

/** A payment event as the inbox keeps it: the provider's, and which provider it was. */
export const paymentEventSchema = providerEventSchema.extend({ provider_id: z.string().min(1) })

export type PaymentError = z.output<typeof paymentErrorSchema>
export type ProviderEvent = z.output<typeof providerEventSchema>
export type PaymentEvent = z.output<typeof paymentEventSchema>
