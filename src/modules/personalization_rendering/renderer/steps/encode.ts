// Step 4: pixels become a file: WebP for the eye, PNG with transparency and its DPI for the workshop.
import type { Canvas } from "@napi-rs/canvas"
import sharp from "sharp"
import type { RenderPlan } from "../../../../domain/rendering/render-plan"
import type { RenderResult } from "../protocol"

export async function encodeCanvas(
  plan: RenderPlan,
  canvas: Canvas
): Promise<Pick<RenderResult, "data" | "mime_type">> {
  const { width, height, dpi, format } = plan
  // Skia keeps colours multiplied with alpha; getImageData gives them back straight, as files hold them.
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height)
  const pixels = sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
    raw: { width, height, channels: 4 },
    limitInputPixels: false,
  })
  if (dpi !== null) {
    const data = await pixels.withDensity(dpi).png({ compressionLevel: 6 }).toBuffer()
    return { data, mime_type: "image/png" }
  }
  // A picture for the screen has its backdrop everywhere.
  const opaque = pixels.removeAlpha()
  return format === "png"
    ? { data: await opaque.png({ compressionLevel: 6 }).toBuffer(), mime_type: "image/png" }
    : {
        data: await opaque.webp({ quality: 80, effort: 2 }).toBuffer(),
        mime_type: "image/webp",
      }
}
