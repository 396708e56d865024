// One option of a set. Its surcharge is a price set of the Pricing Module, so currencies, regions and price lists apply.
import { model } from "@medusajs/framework/utils"
import { OptionSet } from "./option-set"

export const Option = model
  .define("personalization_option", {
    id: model.id({ prefix: "popt" }).primaryKey(),
    value: model.text(),
    /** `value` in NFC, trimmed and lower-cased: what uniqueness is decided on. */
    value_key: model.text(),
    label: model.text(),
    rank: model.number().default(0),
    price_set_id: model.text(),
    metadata: model.json().nullable(),
    option_set: model.belongsTo(() => OptionSet, { mappedBy: "options" }),
  })
  .indexes([{ on: ["option_set_id", "value_key"], unique: true, where: "deleted_at is null" }])
