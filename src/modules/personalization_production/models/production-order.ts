// The production record of a Medusa order.
import { model } from "@medusajs/framework/utils"
import { ORDER_STATES } from "../../../domain/order/lifecycle"

export const ProductionOrder = model
  .define("personalization_production_order", {
    id: model.id({ prefix: "pord" }).primaryKey(),
    order_id: model.text(),
    display_id: model.number().nullable(),
    /** Who ordered through the standalone API; null for an order of the host's own storefront. */
    visitor_id: model.text().nullable(),
    customer_id: model.text().nullable(),
    checkout_id: model.text().nullable(),
    status: model.enum([...ORDER_STATES]).default("created"),
    /** Grows by one with every step; the history's rows carry it. */
    version: model.number().default(1),
    tracking_number: model.text().nullable(),
    tracking_url: model.text().nullable(),
    hold_reason: model.text().nullable(),
    hold_at: model.dateTime().nullable(),
    currency_code: model.text(),
    /** Decimal string, major units: what the customer owed when the order was placed. */
    total: model.text(),
    /** When its person asked for removal while the order still needed their data; it goes when the order is over. */
    erase_requested_at: model.dateTime().nullable(),
    /** When all that its events and designs held of the person was taken out of them for good. */
    anonymized_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["order_id"], unique: true },
    { on: ["status", "created_at"] },
    { on: ["visitor_id"] },
    {
      name: "IDX_personalization_production_order_customer",
      on: ["customer_id"],
      where: "customer_id is not null",
    },
    {
      name: "IDX_personalization_production_order_personal",
      on: ["order_id"],
      where: "anonymized_at is null and status in ('delivered', 'canceled')",
    },
  ])
