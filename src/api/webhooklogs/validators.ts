// The query of the webhook log.
import { z } from "@medusajs/framework/zod"
import { WEBHOOK_EVENT_TYPES } from "../../domain/webhook/event-types"
import { pageQuery, wholeNumber } from "../standalone/query"

const time = z.iso.datetime({ offset: true, local: false }).transform((text) => new Date(text))

/** Filters are joined by "and". `before` is a log id: rows older than it, which pages stably while rows are written. */
export const webhookLogsQuery = z.strictObject({
  event: z.enum(WEBHOOK_EVENT_TYPES).optional(),
  state: z.enum(["pending", "succeeded", "failed", "dead"]).optional(),
  response_status: wholeNumber(100, 599).optional(),
  order_id: z.string().min(1).max(100).optional(),
  endpoint_id: z.string().min(1).max(100).optional(),
  /** Sent at this time or later, and before `to`; ISO 8601 with an offset. */
  from: time.optional(),
  to: time.optional(),
  ...pageQuery,
  before: z
    .string()
    .regex(/^pwat_[0-9A-Z]{26}$/, "must be the id of a log row")
    .optional(),
})

export type WebhookLogsQuery = z.output<typeof webhookLogsQuery>
