// Step 2: pictures become pixels: decoded, upright, sRGB, cut and scaled to what the plan needs of them.
import { type Canvas, createCanvas, ImageData } from "@napi-rs/canvas"
import sharp from "sharp"
import { RenderError } from "../../../../domain/rendering/errors"
import type { PlannedImage, RenderPlan } from "../../../../domain/rendering/render-plan"
import { tintPixels } from "../../../../domain/rendering/tint"

/** The decoder's last line of defence; uploads are held to lower limits when they come in. */
const MAX_INPUT_PIXELS = 100_000_000

/** Vector formats and multi-page documents are not pictures here, whatever their name says. */
const FORMATS: ReadonlySet<string> = new Set(["jpeg", "png", "webp"])

/** @throws RenderError `file_missing`, `image_undecodable`, `image_size_mismatch` */
export async function loadImages(
  plan: RenderPlan,
  files: Record<string, Uint8Array>
): Promise<Record<string, Canvas>> {
  const images: Record<string, Canvas> = {}
  // One after the other: several decoders at once cost memory and win nothing on a shared core.
  for (const planned of plan.images) {
    const file = files[planned.sha256]
    if (!file) {
      throw new RenderError("file_missing", `The file of "${planned.id}" was not handed over.`, {
        params: { image: planned.id, sha256: planned.sha256 },
      })
    }
    images[planned.id] = toCanvas(planned, await loadPixels(planned, file))
  }
  return images
}

async function loadPixels(planned: PlannedImage, file: Uint8Array): Promise<Buffer> {
  const { id, part, source, width, height } = planned
  try {
    const picture = sharp(file, { autoOrient: true, limitInputPixels: MAX_INPUT_PIXELS })
    const { format, autoOrient: upright } = await picture.metadata()
    if (!FORMATS.has(format)) {
      throw new Error(`its format is ${format}`)
    }
    if (upright.width !== source.width || upright.height !== source.height) {
      throw new RenderError(
        "image_size_mismatch",
        `"${id}" has ${upright.width} x ${upright.height} pixels, not ${source.width} x ${source.height}.`,
        { params: { image: id, actual: { ...upright }, expected: source } }
      )
    }
    if (part.width !== source.width || part.height !== source.height) {
      picture.extract({ left: part.x, top: part.y, width: part.width, height: part.height })
    }
    if (part.width !== width || part.height !== height) {
      picture.resize(width, height, { fit: "fill" })
    }
    return await picture.toColourspace("srgb").ensureAlpha().raw({ depth: "uchar" }).toBuffer()
  } catch (error) {
    if (error instanceof RenderError) {
      throw error
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new RenderError("image_undecodable", `"${id}" cannot be decoded: ${reason}`, {
      params: { image: id },
      cause: error,
    })
  }
}

/** `putImageData` takes straight alpha, which is what sharp gives: no fringes at transparent edges. */
function toCanvas(planned: PlannedImage, pixels: Buffer): Canvas {
  const { width, height, tint } = planned
  if (tint) {
    tintPixels(pixels, tint)
  }
  const canvas = createCanvas(width, height)
  const bytes = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength)
  canvas.getContext("2d").putImageData(new ImageData(bytes, width, height), 0, 0)
  return canvas
}
