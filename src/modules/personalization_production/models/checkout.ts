// A cart's checkout through the standalone API. Written before the order is placed; one for each cart.
import { model } from "@medusajs/framework/utils"

export const Checkout = model
  .define("personalization_checkout", {
    id: model.id({ prefix: "pchk" }).primaryKey(),
    cart_id: model.text(),
    visitor_id: model.text(),
    /** The client's `Idempotency-Key`; unique for a visitor. */
    idempotency_key: model.text().nullable(),
    /** SHA-256 (hex) of the request's body; the same key with another body is refused. */
    body_hash: model.text(),
    state: model.enum(["started", "placed", "failed"]).default("started"),
    order_id: model.text().nullable(),
  })
  .indexes([
    { on: ["cart_id"], unique: true },
    {
      on: ["visitor_id", "idempotency_key"],
      unique: true,
      where: "idempotency_key is not null",
    },
  ])
