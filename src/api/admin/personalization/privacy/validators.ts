// Whose data a request is about. It comes in a body, so that no key stands in an address or an access log.
import { z } from "@medusajs/framework/zod"
import type { Person } from "../../../../workflows/privacy/types"

/** A customer of the store, or whoever holds a visitor's key; one of the two. */
export const personBody = z
  .strictObject({
    customer_id: z.string().min(1).max(64).optional(),
    visitor_key: z.string().min(1).max(256).optional(),
  })
  .transform(({ customer_id, visitor_key }, context): Person => {
    if (customer_id !== undefined && visitor_key === undefined) {
      return { customer_id }
    }
    if (visitor_key !== undefined && customer_id === undefined) {
      return { visitor_key }
    }
    context.addIssue({
      code: "custom",
      params: { code: "one_person" },
      message: "must name either customer_id or visitor_key",
    })
    return z.NEVER
  })
