// A frozen design: what a cart line or an order item was sold as. Written once, referred to by id, never changed.
import { model } from "@medusajs/framework/utils"

export const Design = model
  .define("personalization_design", {
    id: model.id({ prefix: "pdes" }).primaryKey(),
    /** Content hash of everything that decides what is made and what it costs; equal designs share it. */
    hash: model.text(),
    visitor_id: model.text().nullable(),
    session_id: model.text().nullable(),
    product_id: model.text(),
    variant_id: model.text(),
    template_id: model.text(),
    template_version: model.number(),
    template_snapshot: model.json(),
    options: model.json(),
    /** `[{ path, label, amount }]`, amounts per unit as decimal strings in major units of `currency_code`. */
    surcharges: model.json(),
    currency_code: model.text(),
    /** Decimal string, major units, per unit, on the tax basis of the variant's price. */
    base_price: model.text(),
    /** `base_price` plus the surcharges. */
    unit_price: model.text(),
    /** The hash of the render job that draws its preview. */
    preview_hash: model.text().nullable(),
    /** When a removal looked at it: from then on it is in the carts that it was taken for, and is taken for no other. */
    retired_at: model.dateTime().nullable(),
    /** When its visitor asked for its removal, which had to wait: for its orders' ends, or for a line that was on its way. */
    erase_requested_at: model.dateTime().nullable(),
    /** When the visitor's values were taken out of it for good; what was sold and its price stay. */
    anonymized_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["hash"] },
    {
      name: "IDX_personalization_design_visitor",
      on: ["visitor_id"],
      where: "visitor_id is not null",
    },
    { on: ["session_id"] },
    { on: ["template_id"] },
  ])
