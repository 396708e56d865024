// A visitor's design in progress. The template's version is pinned when it starts.
import { model } from "@medusajs/framework/utils"

export const Session = model
  .define("personalization_session", {
    id: model.id({ prefix: "psess" }).primaryKey(),
    visitor_id: model.text(),
    /** The customer who was signed in when it was made or last changed; they reach it from another device too. */
    customer_id: model.text().nullable(),
    product_id: model.text(),
    variant_id: model.text().nullable(),
    template_id: model.text(),
    template_version: model.number(),
    /** The visitor's values by zone key or option set key, as validated. */
    options: model.json(),
    /** Grows by one with every saved change; a PATCH may insist on the one it read. */
    revision: model.number().default(0),
    currency_code: model.text(),
    region_id: model.text(),
    expires_at: model.dateTime(),
  })
  .indexes([
    { on: ["visitor_id"] },
    {
      name: "IDX_personalization_session_customer",
      on: ["customer_id"],
      where: "customer_id is not null",
    },
    { on: ["template_id"] },
    { on: ["expires_at"] },
  ])
