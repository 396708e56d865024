// Turns the bytes a visitor sent into an image that is safe to keep: decoded, turned upright, stripped, in sRGB.
import sharp from "sharp"
import { invalidField } from "../../lib/errors"
import type { PersonalizationOptions } from "../../lib/options"
import { Slots } from "../../lib/slots"

/** The longer side of the copy that previews are drawn from, in pixels. */
const PROXY_PIXELS = 1600

/** What the first bytes say: JPEG (ITU-T T.81), PNG (ISO/IEC 15948), WebP (RFC 9649). */
const SIGNATURES: { mime_type: string; matches: (bytes: Buffer) => boolean }[] = [
  {
    mime_type: "image/jpeg",
    matches: (bytes) => bytes.subarray(0, 3).toString("hex") === "ffd8ff",
  },
  {
    mime_type: "image/png",
    matches: (bytes) => bytes.subarray(0, 8).toString("hex") === "89504e470d0a1a0a",
  },
  {
    mime_type: "image/webp",
    matches: (bytes) =>
      bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP",
  },
]
/** Decoding is memory and CPU: this many at once, and this many that may wait. */
const slots = new Slots(2, 8, "uploads_busy")

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
 * @throws AppError 400 `unsupported_image_type`, `too_many_pixels` or `undecodable_image`; 503 `uploads_busy`.
 */
export async function decodeUpload(
  bytes: Buffer,
  limits: PersonalizationOptions["uploads"]
): Promise<DecodedUpload> {
  const mime_type = SIGNATURES.find(({ matches }) => matches(bytes))?.mime_type
  if (!mime_type) {
    // No decoder sees what is not one of these: sharp would hand an SVG to its vector library.
    throw invalidField(
      ["file"],
      "unsupported_image_type",
      "The file must be a JPEG, PNG or WebP image.",
      { allowed: SIGNATURES.map((signature) => signature.mime_type) }
    )
  }
  return slots.run(() => decode(bytes, mime_type, limits))
}

async function decode(
  bytes: Buffer,
  mime_type: string,
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
