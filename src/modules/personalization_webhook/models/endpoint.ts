// Who gets events: a partner's URL, or the in-house workshop (kind `internal`).
import { model } from "@medusajs/framework/utils"

export const PersonalizationWebhookEndpoint = model.define("personalization_webhook_endpoint", {
  id: model.id({ prefix: "pwep" }).primaryKey(),
  name: model.text(),
  kind: model.enum(["internal", "http"]),
  /** Null for kind `internal`, which is delivered within the process. */
  url: model.text().nullable(),
  /** Event types wanted; null for all of them, also those that come later. */
  events: model.json().nullable(),
  enabled: model.boolean().default(true),
  /** Why we disabled it ourselves: `gone` when the receiver answered 410. */
  disabled_reason: model.text().nullable(),
  disabled_at: model.dateTime().nullable(),
  /** `[{ envelope, created_at, expires_at }]`, newest first; several while one replaces another. */
  secrets: model.json(),
})
