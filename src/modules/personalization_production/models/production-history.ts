// One step in an order's life: which state, when, who caused it and why. Written once, never changed.
import { model } from "@medusajs/framework/utils"
import { ORDER_STATES } from "../../../domain/order/lifecycle"

export const ProductionHistory = model
  .define("personalization_production_history", {
    id: model.id({ prefix: "phis" }).primaryKey(),
    production_order_id: model.text(),
    /** The order's version after the step. */
    version: model.number(),
    status: model.enum([...ORDER_STATES]),
    at: model.dateTime(),
    /** Who: `customer`, `payment:<provider>`, `api_key`, `medusa`, ... */
    actor: model.text(),
    reason: model.text().nullable(),
  })
  .indexes([{ on: ["production_order_id", "version"], unique: true }])
