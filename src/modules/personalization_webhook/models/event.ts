// The outbox. Rows are written by `insertOutboxEvent` in the transaction of the change they tell about.
import { model } from "@medusajs/framework/utils"

export const PersonalizationWebhookEvent = model
  .define("personalization_webhook_event", {
    /** Also the `webhook-id` of every delivery. */
    id: model.id({ prefix: "pevt" }).primaryKey(),
    type: model.text(),
    /** Null for an event that is about no order, such as `preview.succeeded`. */
    order_id: model.text().nullable(),
    /** Counts an order's events from 1. */
    sequence: model.number().nullable(),
    data: model.json(),
    /** When deliveries were made for it; null until then. */
    fanned_out_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["order_id", "sequence"], unique: true }])
