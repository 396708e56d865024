// Turns the file a visitor sent into images that are safe to keep: decoded and encoded anew. Runs in a process of its own.
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { pipeline } from "node:stream/promises"
import sharp, { type Metadata, type OutputInfo, type Sharp } from "sharp"
import { judgeImage, type ImageHeader } from "../../../domain/image-file/header"
import { HtmlFinder } from "../../../domain/image-file/html-finder"
import type { ImageType } from "../../../domain/image-file/kind"
import { polyglotFile, undecodableImage } from "../../../domain/image-file/refusals"
import type { Issue } from "../../../domain/issue"
import { hasMoreRows } from "./png-data"
import type { CleanImage, DecodeJob, DecodeOutcome, ImageFile } from "./protocol"

/** The longer side of the copy that previews are drawn from, in pixels. */
const PROXY_PIXELS = 1600

/**
 * Checks and cleans a file. The type is what the bytes say; Exif, GPS and all other metadata are dropped after the
 * orientation was applied and the colours were brought to sRGB, 8 bits a channel.
 */
export async function cleanImage(job: DecodeJob): Promise<DecodeOutcome> {
  const bytes = await readFile(job.path)
  // Whoever received the file has looked at it; this process believes only what it sees.
  const judged = judgeImage(bytes, job.max_pixels)
  if (judged.state === "refused") {
    return { issue: judged.issue }
  }
  const { header } = judged
  const fault = await contentFault(bytes, header)
  if (fault) {
    return { issue: fault }
  }
  try {
    const found = await open(job).metadata()
    return isWhatItSays(found, header)
      ? { image: await encode(job, header.mime_type, found) }
      : { issue: undecodableImage() }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return /out of memory|insufficient memory|cannot allocate/i.test(message)
      ? { fault: "out_of_memory", message }
      : { issue: undecodableImage() }
  }
}

async function contentFault(bytes: Buffer, header: ImageHeader): Promise<Issue | null> {
  if (new HtmlFinder().push(bytes)) {
    return polyglotFile()
  }
  const lies = header.mime_type === "image/png" && (await hasMoreRows(bytes))
  return lies ? undecodableImage() : null
}

function open({ path: source, max_pixels }: DecodeJob): Sharp {
  // A file that ends early is an error; what decoders merely warn of (a broken profile, stray bytes) is not.
  return sharp(source, { limitInputPixels: max_pixels, failOn: "error" })
}

/** Whether the decoder finds what our own reader of the header found, in one frame. */
function isWhatItSays(found: Metadata, header: ImageHeader): boolean {
  return (
    `image/${found.format}` === header.mime_type &&
    found.width === header.width &&
    found.height === header.height &&
    (found.pages ?? 1) === 1
  )
}

async function encode(job: DecodeJob, mime_type: ImageType, found: Metadata): Promise<CleanImage> {
  const original = path.join(job.folder, "original")
  const proxy = path.join(job.folder, "proxy")
  const upright = inSrgb(open(job).autoOrient(), found)
  const info = await encodeAs(upright, mime_type).toFile(original)
  const small = await sharp(original, { limitInputPixels: job.max_pixels })
    .resize(PROXY_PIXELS, PROXY_PIXELS, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: 92, effort: 2 })
    .toFile(proxy)
  return {
    original: await written(original, mime_type, info),
    proxy: await written(proxy, "image/webp", small),
  }
}

/** Brings the colours to sRGB: by the embedded profile, or, for CMYK without one, by a common profile of inks. */
function inSrgb(image: Sharp, { space, hasProfile }: Metadata): Sharp {
  const converted = image.toColourspace("srgb")
  // sharp works on 16 bits with a profile in Display P3 (pipeline.cc, `processingProfile`), and would leave the numbers so.
  return space === "rgb16" && hasProfile
    ? converted.withIccProfile("srgb", { attach: false })
    : converted
}

/** Once more encoded, a picture for print must look the same. */
function encodeAs(image: Sharp, mime_type: ImageType): Sharp {
  switch (mime_type) {
    case "image/png":
      return image.png({ compressionLevel: 6 })
    case "image/webp":
      // More effort takes five times as long for the same size: 20 s for 40 megapixels.
      return image.webp({ quality: 95, effort: 2 })
    case "image/jpeg":
      return image.jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
  }
}

async function written(file: string, mime_type: ImageType, info: OutputInfo): Promise<ImageFile> {
  const hash = createHash("sha256")
  await pipeline(createReadStream(file), hash)
  const { width, height, size: bytes } = info
  return { path: file, mime_type, width, height, bytes, sha256: hash.digest("hex") }
}
