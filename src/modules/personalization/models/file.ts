// A private file: where the File Module keeps it and what it is. Reached from outside through a signed link only.
import { model } from "@medusajs/framework/utils"

export const File = model
  .define("personalization_file", {
    id: model.id({ prefix: "pfil" }).primaryKey(),
    kind: model.enum(["asset", "upload", "upload_proxy", "preview", "print"]),
    /** The File Module's id. */
    storage_id: model.text(),
    filename: model.text(),
    mime_type: model.text(),
    bytes: model.number(),
    sha256: model.text(),
  })
  .indexes([{ on: ["kind"] }, { on: ["sha256"] }])
