// A version of a product's template. A version that anything used is never changed, only followed by another.
import { model } from "@medusajs/framework/utils"

export const Template = model
  .define("personalization_template", {
    id: model.id({ prefix: "ptpl" }).primaryKey(),
    product_id: model.text(),
    version: model.number(),
    name: model.text().searchable(),
    definition: model.json(),
    status: model.enum(["draft", "published", "archived"]).default("published"),
    is_default: model.boolean().default(false),
    /** When the first session started from it. Never cleared: from then on the definition stands. */
    used_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["product_id", "version"], unique: true },
    { on: ["product_id"], unique: true, where: "is_default = true and deleted_at is null" },
  ])
