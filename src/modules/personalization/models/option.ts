// One option of a set. Its surcharge is a price set of the Pricing Module, so currencies, regions and price lists apply.
// In a set that is bound to a Medusa product option a row only overrides how one of that option's values is shown.
import { model } from "@medusajs/framework/utils"
import { OptionSet } from "./option-set"

export const Option = model
  .define("personalization_option", {
    id: model.id({ prefix: "popt" }).primaryKey(),
    /** In a bound set what the product option's value was when the row was saved; readers take the live one. */
    value: model.text(),
    /** What uniqueness is decided on: `value` in NFC, trimmed and lower-cased; in a bound set the id of the value. */
    value_key: model.text(),
    /** Null in a bound set: as the product option has it. The same goes for `rank` and `metadata`. */
    label: model.text().nullable(),
    rank: model.number().nullable(),
    /** Null in a bound set: the variant has the price. */
    price_set_id: model.text().nullable(),
    /** The value of the product option that the row overrides; null in a set that is not bound. */
    product_option_value_id: model.text().nullable(),
    metadata: model.json().nullable(),
    option_set: model.belongsTo(() => OptionSet, { mappedBy: "options" }),
  })
  .indexes([{ on: ["option_set_id", "value_key"], unique: true, where: "deleted_at is null" }])
