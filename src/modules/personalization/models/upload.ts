// An image that a visitor sent for a zone. `file_id` is the original for print, `proxy_file_id` a smaller one for previews.
import { model } from "@medusajs/framework/utils"

export const Upload = model
  .define("personalization_upload", {
    id: model.id({ prefix: "pupl" }).primaryKey(),
    session_id: model.text(),
    visitor_id: model.text(),
    zone: model.text(),
    file_id: model.text(),
    proxy_file_id: model.text(),
    /** SHA-256 of the stored original in hex. */
    sha256: model.text(),
    mime_type: model.text(),
    width: model.number(),
    height: model.number(),
    bytes: model.number(),
    /** The smaller copy's own hash and size; a render is told exactly what it gets. */
    proxy_sha256: model.text(),
    proxy_width: model.number(),
    proxy_height: model.number(),
  })
  .indexes([{ on: ["session_id"] }, { on: ["visitor_id", "sha256"] }])
