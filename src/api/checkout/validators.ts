// The body of a checkout.
import { z } from "@medusajs/framework/zod"
import { invalidField } from "../../lib/errors"

const text = (max: number) => z.string().trim().min(1, "must not be empty").max(max)

const address = z.strictObject({
  first_name: text(100),
  last_name: text(100),
  company: text(100).optional(),
  address_1: text(200),
  address_2: text(200).optional(),
  city: text(100),
  province: text(100).optional(),
  postal_code: text(20).optional(),
  country_code: z
    .string()
    .regex(/^[a-zA-Z]{2}$/, "must be an ISO 3166-1 alpha-2 code")
    .transform((code) => code.toLowerCase()),
  phone: text(40).optional(),
})

const url = z.url({ protocol: /^https?$/ }).max(2000)

/** Everything `POST /checkout` takes. Unknown fields are faults: a price is never taken from a client. */
export const checkoutBody = z.strictObject({
  email: z.email().max(254),
  shipping_address: address,
  billing_address: address.optional(),
  shipping_option_id: text(100).optional(),
  payment: z.strictObject({
    provider: text(100),
    return_url: url.optional(),
    cancel_url: url.optional(),
  }),
})

/** The body of a payment's retry. */
export const retryBody = z.strictObject({
  provider: text(100).optional(),
  return_url: url.optional(),
  cancel_url: url.optional(),
})

/** The header that marks a retry of the same request: 1 to 255 visible ASCII characters. */
export function idempotencyKey(header: string | undefined): string | null {
  if (header === undefined) {
    return null
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw invalidField(
      ["Idempotency-Key"],
      "invalid_idempotency_key",
      "Idempotency-Key must be 1 to 255 visible ASCII characters."
    )
  }
  return header
}
