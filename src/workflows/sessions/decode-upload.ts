// Turns the bytes a visitor sent into an image that is safe to keep: decoded, turned upright, stripped, in sRGB.
import sharp from "sharp"
import { invalidField } from "../../lib/errors"
import type { PersonalizationOptions } from "../../lib/options"

/** The longer side of the copy that previews are drawn from, in pixels. */
const PROXY_PIXELS = 1600
const FORMATS: Record<string, string> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
}

export type DecodedUpload = {
  mime_type: string
  width: number
  height: number
  original: Buffer
  proxy: Buffer
  proxy_width: number
  proxy_height: number
}

/**
 * Decodes and re-encodes an upload. The type is what the bytes say; metadata (EXIF, GPS) is dropped.
 * @throws AppError 400 `unsupported_image_type`, `too_many_pixels` or `undecodable_image`.
 */
export async function decodeUpload(
  bytes: Buffer,
  limits: PersonalizationOptions["uploads"]
): Promise<DecodedUpload> {
  const undecodable = () =>
    invalidField(["file"], "undecodable_image", "The file cannot be decoded as an image.")
  const open = () => sharp(bytes, { limitInputPixels: limits.max_pixels, failOn: "error" })
  const metadata = await open()
    .metadata()
    .catch((error: Error) => {
      throw /pixel limit/i.test(error.message) ? tooManyPixels(limits.max_pixels) : undecodable()
    })
  const mime_type = FORMATS[metadata.format]
  if (!mime_type) {
    throw invalidField(
      ["file"],
      "unsupported_image_type",
      "The file must be a JPEG, PNG or WebP image.",
      { allowed: Object.values(FORMATS) }
    )
  }
  if (metadata.width * metadata.height > limits.max_pixels) {
    throw tooManyPixels(limits.max_pixels)
  }
  const upright = () => open().autoOrient().toColourspace("srgb")
  try {
    const encoded =
      mime_type === "image/png"
        ? upright().png({ compressionLevel: 6 })
        : mime_type === "image/webp"
          ? upright().webp({ quality: 95 })
          : upright().jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    const { data: original, info } = await encoded.toBuffer({ resolveWithObject: true })
    const { data: proxy, info: small } = await upright()
      .resize(PROXY_PIXELS, PROXY_PIXELS, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 92, effort: 2 })
      .toBuffer({ resolveWithObject: true })
    return {
      mime_type,
      width: info.width,
      height: info.height,
      original,
      proxy,
      proxy_width: small.width,
      proxy_height: small.height,
    }
  } catch {
    throw undecodable()
  }
}

function tooManyPixels(max_pixels: number) {
  return invalidField(
    ["file"],
    "too_many_pixels",
    `The image may have at most ${max_pixels} pixels.`,
    { max_pixels }
  )
}
