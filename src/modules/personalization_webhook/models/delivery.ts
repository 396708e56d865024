// One event on its way to one endpoint.
import { model } from "@medusajs/framework/utils"

export const PersonalizationWebhookDelivery = model
  .define("personalization_webhook_delivery", {
    id: model.id({ prefix: "pdlv" }).primaryKey(),
    event_id: model.text(),
    endpoint_id: model.text(),
    /** `pending`: not tried yet. `failed`: tried, comes again. `dead`: given up. */
    state: model.enum(["pending", "succeeded", "failed", "dead"]).default("pending"),
    attempts: model.number().default(0),
    /** When it is due; null once it is over. */
    next_attempt_at: model.dateTime().nullable(),
    /** The attempt under way (its id in the log), and until when it owns the delivery. */
    claim_id: model.text().nullable(),
    claimed_until: model.dateTime().nullable(),
  })
  .indexes([{ on: ["event_id", "endpoint_id"], unique: true }])
