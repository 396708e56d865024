// The log: one row for each attempt at a delivery, written before anything is sent.
import { model } from "@medusajs/framework/utils"

export const PersonalizationWebhookAttempt = model
  .define("personalization_webhook_attempt", {
    id: model.id({ prefix: "pwat" }).primaryKey(),
    delivery_id: model.text(),
    event_id: model.text(),
    endpoint_id: model.text(),
    /** The event's type, order and the endpoint's URL then: the log outlives them. */
    event: model.text(),
    order_id: model.text().nullable(),
    /** `internal` for the in-house workshop. */
    url: model.text(),
    /** Counts a delivery's attempts from 1. */
    attempt: model.number(),
    /** `pending`: under way. Then the delivery's state after the attempt. */
    state: model.enum(["pending", "succeeded", "failed", "dead"]),
    response_status: model.number().nullable(),
    /** The first 4 kB. */
    response_body: model.text().nullable(),
    error: model.text().nullable(),
    /** How far a failed attempt came: `prepare`, `connect`, `response`, or `unknown` when we ourselves went down. */
    error_stage: model.text().nullable(),
    duration_ms: model.number().nullable(),
    sent_at: model.dateTime(),
    /** When the next one was due after this one failed. */
    next_attempt_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["delivery_id"] },
    { on: ["order_id"] },
    { on: ["endpoint_id"] },
    { on: ["event"] },
    { on: ["state"] },
    { on: ["response_status"] },
    { on: ["sent_at"] },
  ])
