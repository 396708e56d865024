// Calls from outside that were verified: stored once, then worked on.
import { model } from "@medusajs/framework/utils"

export const PersonalizationWebhookInbox = model
  .define("personalization_webhook_inbox", {
    id: model.id({ prefix: "pwin" }).primaryKey(),
    /** Who called, such as `payment:stripe_stripe` or `receiver`. */
    source: model.text(),
    /** The caller's own id of the event. */
    event_id: model.text(),
    type: model.text(),
    payload: model.json(),
    state: model.enum(["received", "processed", "failed", "ignored"]).default("received"),
    /** How often work on it was begun. */
    attempts: model.number().default(0),
    /** Until when the work under way owns it. */
    claimed_until: model.dateTime().nullable(),
    error: model.text().nullable(),
    received_at: model.dateTime(),
    processed_at: model.dateTime().nullable(),
  })
  .indexes([{ on: ["source", "event_id"], unique: true }])
