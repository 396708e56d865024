// The queries and bodies of the order routes.
import { z } from "@medusajs/framework/zod"
import { ORDER_STATES } from "../../domain/order/lifecycle"
import { pageQuery } from "../standalone/query"

/** `token` is the `order_token` that the checkout answered. */
export const orderQuery = z.object({ token: z.string().max(200).optional() })

/** Of routes that take none. */
export const noQuery = z.object({})

export const ordersQuery = z.strictObject({
  status: z.enum(ORDER_STATES).optional(),
  ...pageQuery,
})

const trackingUrl = z.url({ protocol: /^https?$/ }).max(2000)
const trackingNumber = z.string().trim().min(1).max(200)

/** A step of the lifecycle; tracking may be spelled either way. */
export const statusBody = z
  .strictObject({
    status: z.enum(ORDER_STATES),
    trackingUrl: trackingUrl.optional(),
    trackingNumber: trackingNumber.optional(),
    tracking_url: trackingUrl.optional(),
    tracking_number: trackingNumber.optional(),
    reason: z.string().trim().min(1).max(500).optional(),
  })
  .transform((body) => ({
    status: body.status,
    reason: body.reason,
    tracking_url: body.trackingUrl ?? body.tracking_url,
    tracking_number: body.trackingNumber ?? body.tracking_number,
  }))
