// A set of options that visitors of one product choose from, such as sizes or finishes.
import { model } from "@medusajs/framework/utils"
import { Option } from "./option"

export const OptionSet = model
  .define("personalization_option_set", {
    id: model.id({ prefix: "poset" }).primaryKey(),
    product_id: model.text(),
    key: model.text(),
    title: model.text(),
    required: model.boolean().default(false),
    /** The Medusa product option that the set is bound to: its values are the options, and choosing selects the variant. */
    product_option_id: model.text().nullable(),
    options: model.hasMany(() => Option, { mappedBy: "option_set" }),
  })
  .cascades({ delete: ["options"] })
  .indexes([
    { on: ["product_id", "key"], unique: true, where: "deleted_at is null" },
    {
      on: ["product_id", "product_option_id"],
      unique: true,
      where: "product_option_id is not null and deleted_at is null",
    },
  ])
