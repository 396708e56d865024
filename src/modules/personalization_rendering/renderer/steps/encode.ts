// Step 4: pixels become a file: WebP for the eye, PNG with transparency and its DPI for the workshop.
import type { Canvas } from "@napi-rs/canvas"
import sharp from "sharp"
import type { RenderPlan } from "../../../../domain/rendering/render-plan"
import type { RenderResult } from "../protocol"

export async function encodeCanvas(
  plan: RenderPlan,
  canvas: Canvas
): Promise<Pick<RenderResult, "data" | "mime_type">> {
  const { width, height, dpi } = plan
  // Skia keeps colours multiplied with alpha; getImageData gives them back straight, as files hold them.
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height)
  const pixels = sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
    raw: { width, height, channels: 4 },
    limitInputPixels: false,
  })
  if (dpi === null) {
    return {
      data: await pixels.removeAlpha().webp({ quality: 80, effort: 2 }).toBuffer(),
      mime_type: "image/webp",
    }
  }
  return {
    data: await pixels.withDensity(dpi).png({ compressionLevel: 6 }).toBuffer(),
    mime_type: "image/png",
  }
}
