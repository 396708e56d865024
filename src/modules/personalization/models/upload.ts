// An image that a visitor sent. `file_id` is the cleaned original for print, `proxy_file_id` a smaller one for previews.
import { model } from "@medusajs/framework/utils"

export const Upload = model
  .define("personalization_upload", {
    id: model.id({ prefix: "pupl" }).primaryKey(),
    /** The session that it was last sent for. All designs of the visitor may use it. */
    session_id: model.text(),
    visitor_id: model.text(),
    /** SHA-256 of the bytes that the visitor sent, in hex: the same ones sent again are the same upload. */
    source_sha256: model.text(),
    file_id: model.text(),
    proxy_file_id: model.text(),
    /** SHA-256 of the stored original in hex. */
    sha256: model.text(),
    mime_type: model.text(),
    width: model.number(),
    height: model.number(),
    /** As sent. */
    bytes: model.number(),
    /** The smaller copy's own hash and size; a render is told exactly what it gets. */
    proxy_sha256: model.text(),
    proxy_width: model.number(),
    proxy_height: model.number(),
  })
  .indexes([
    { on: ["session_id"] },
    {
      name: "IDX_personalization_upload_visitor_source",
      on: ["visitor_id", "source_sha256"],
      unique: true,
      where: "deleted_at is null",
    },
    { name: "IDX_personalization_upload_file", on: ["file_id"] },
    { name: "IDX_personalization_upload_proxy_file", on: ["proxy_file_id"] },
  ])
