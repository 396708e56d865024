// Stores a picture of the shop's own under a key that definitions can refer to.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import sharp from "sharp"
import { createHash } from "node:crypto"
import { invalidField } from "../../../lib/errors"
import { filePath } from "../../../lib/file-url"
import { personalization } from "../../services"
import { removeFiles, storeFile } from "../store-file"

export type CreateAssetInput = {
  /** Unique among assets, as in `keySchema`. */
  key: string
  mime_type: "image/png" | "image/jpeg" | "image/webp"
  /** The picture's bytes in base64. */
  content: string
}

/** Creates the asset. @throws AppError 400 `undecodable_image`. */
export const createPersonalizationAssetStep = createStep(
  "create-personalization-asset",
  async (input: CreateAssetInput, { container }) => {
    const content = Buffer.from(input.content, "base64")
    const { width, height } = await sharp(content)
      .metadata()
      .catch(() => {
        throw invalidField(["content"], "undecodable_image", "The picture cannot be decoded.")
      })
    const service = personalization(container)
    const file = await storeFile(container, { kind: "asset", mime_type: input.mime_type, content })
    const asset = await service.createAssets({
      key: input.key,
      file_id: file.id,
      width,
      height,
      sha256: createHash("sha256").update(content).digest("hex"),
    })
    // Catalogue pictures are public by nature, and their link is kept in products: it never ends.
    const url = filePath(service.options, file.id, { expires_in_seconds: 0 })
    return new StepResponse(
      { id: asset.id, key: asset.key, url },
      { asset_id: asset.id, file_id: file.id }
    )
  },
  async (created, { container }) => {
    if (created) {
      await personalization(container).deleteAssets(created.asset_id)
      await removeFiles(container, [created.file_id])
    }
  }
)
