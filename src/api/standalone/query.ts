// Query and id schemas that several routes of the standalone door share.
import { z } from "@medusajs/framework/zod"

/** `limit` (default 20, 1 to 100) and `offset`; a bad value is an error, never clamped. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
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
