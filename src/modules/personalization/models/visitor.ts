// Whoever holds a session key: an anonymous visitor with many sessions and one open cart.
import { model } from "@medusajs/framework/utils"

export const Visitor = model
  .define("personalization_visitor", {
    id: model.id({ prefix: "pvis" }).primaryKey(),
    /** SHA-256 of the key in hex; the key itself is never stored. */
    key_hash: model.text(),
    /** The open cart, null before the first item and after an order was placed. */
    cart_id: model.text().nullable(),
    expires_at: model.dateTime(),
  })
  .indexes([
    { on: ["key_hash"], unique: true },
    { on: ["cart_id"] },
    { name: "IDX_personalization_visitor_expires", on: ["expires_at"] },
  ])
