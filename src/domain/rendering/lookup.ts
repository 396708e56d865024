// Finds the pictures that a design refers to.
import { RenderError } from "./errors"
import type { ImageInfo } from "./render-plan"

/** @throws RenderError `asset_missing` */
export function findAsset(assets: Record<string, ImageInfo>, key: string): ImageInfo {
  const info = assets[key]
  if (!info) {
    throw new RenderError("asset_missing", `The asset "${key}" is not available.`, {
      params: { asset: key },
    })
  }
  return info
}

/** @throws RenderError `upload_missing` */
function findUpload(uploads: Record<string, ImageInfo>, id: string): ImageInfo {
  const info = uploads[id]
  if (!info) {
    throw new RenderError("upload_missing", `The upload "${id}" is not available.`, {
      params: { upload_id: id },
    })
  }
  return info
}

/**
 * The picture of an image zone, the visitor's or the shop's.
 * @throws RenderError `upload_missing`, `asset_missing`
 */
export function findPicture(
  { assets, uploads }: { assets: Record<string, ImageInfo>; uploads: Record<string, ImageInfo> },
  picture: { upload: string } | { asset: string }
): ImageInfo {
  return "upload" in picture
    ? findUpload(uploads, picture.upload)
    : findAsset(assets, picture.asset)
}
