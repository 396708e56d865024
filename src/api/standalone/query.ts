// Query and id schemas that several routes of the standalone door share.
import { z } from "@medusajs/framework/zod"

/** A whole number in a query, written in decimal digits and nothing else. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min).max(max))

/** `limit` (default 20, 1 to 100) and `offset`; a bad value is an error, never clamped. */
export const pageQuery = {
  limit: wholeNumber(1, 100).default(20),
  offset: wholeNumber(0, 999_999_999).default(0),
}

/** Which currency or country a read is about. */
export const regionQuery = {
  currency_code: z
    .string()
    .regex(/^[a-zA-Z]{3}$/, "must be an ISO 4217 code")
    .optional(),
  country_code: z
    .string()
    .regex(/^[a-zA-Z]{2}$/, "must be an ISO 3166-1 alpha-2 code")
    .optional(),
}
