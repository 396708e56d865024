// A picture of the shop's own that definitions refer to by key: product photos, logos, frames.
import { model } from "@medusajs/framework/utils"

export const Asset = model
  .define("personalization_asset", {
    id: model.id({ prefix: "past" }).primaryKey(),
    key: model.text(),
    file_id: model.text(),
    width: model.number(),
    height: model.number(),
    sha256: model.text(),
  })
  .indexes([{ on: ["key"], unique: true, where: "deleted_at is null" }])
