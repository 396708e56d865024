// A small template and pictures for the renderer's specs.
import { createHash } from "node:crypto"
import sharp from "sharp"
import type { Selection } from "../../../../domain/selection/selection"
import { type DefinitionInput, definitionSchema } from "../../../../domain/template/definition"
import { requiredSources } from "../../../../domain/rendering/content"
import { findFont } from "../../fonts/catalog"
import type { RendererJob, RenderResult } from "../protocol"

/** Canvas 400 x 400; the print area is its middle: 200 pixels for 100 mm. */
const DEFINITION: DefinitionInput = {
  schema: 1,
  placements: [
    {
      key: "front",
      label: "Front",
      canvas: { width: 400, height: 400 },
      background: { asset: "product", backdrop: "#ffffff" },
      print_area: {
        width_mm: 100,
        height_mm: 100,
        dpi: 254,
        bleed_mm: 2,
        on_canvas: { x: 100, y: 100, width: 200, height: 200 },
      },
    },
  ],
  zones: [
    {
      kind: "image",
      key: "photo",
      label: "Photo",
      placement: "front",
      frame: { x: 0, y: 0, width: 100, height: 50 },
      accept: ["image/png"],
      max_bytes: 10_000_000,
    },
    {
      kind: "text",
      key: "name",
      label: "Name",
      placement: "front",
      frame: { x: 0, y: 60, width: 100, height: 30 },
      max_length: 40,
      fonts: ["inter-bold"],
      size: { min: 10, max: 80, default: 60 },
      colors: [{ name: "Blue", value: "#0000ff" }],
    },
    {
      kind: "color",
      key: "colour",
      label: "Colour",
      colors: [{ name: "Red", value: "#ff0000" }],
      paints: { target: "base" },
    },
  ],
}

export const FULL: Selection = {
  name: { kind: "text", value: { text: "HEH" } },
  photo: { kind: "image", value: { upload_id: "up_1", zoom: 1, x: 0, y: 0, rotation: 0 } },
}

export type Picture = { data: Buffer; sha256: string; width: number; height: number }

/** Encodes straight RGBA pixels. */
export async function picture(
  width: number,
  height: number,
  pixel: (x: number, y: number) => readonly [r: number, g: number, b: number, a: number],
  encode: (image: sharp.Sharp) => sharp.Sharp = (image) => image.png()
): Promise<Picture> {
  const raw = Buffer.alloc(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      raw.set(pixel(x, y), (y * width + x) * 4)
    }
  }
  const data = await encode(sharp(raw, { raw: { width, height, channels: 4 } })).toBuffer()
  return { data, width, height, sha256: createHash("sha256").update(data).digest("hex") }
}

/** A grey disc of radius 180 on transparency: the product. */
export function disc(): Promise<Picture> {
  return picture(400, 400, (x, y) =>
    Math.hypot(x - 199.5, y - 199.5) < 180 ? [200, 200, 200, 255] : [0, 0, 0, 0]
  )
}

/** Green above, magenta below, so that the fit and the direction show. */
export function twoBands(): Promise<Picture> {
  return picture(300, 300, (_x, y) => (y < 150 ? [0, 255, 0, 255] : [255, 0, 255, 255]))
}

export function makeJob(
  product: Picture,
  photo: Picture,
  change: Partial<RendererJob> = {}
): RendererJob {
  const info = ({ sha256, width, height }: Picture) => ({ sha256, width, height })
  const view = {
    definition: definitionSchema.parse(DEFINITION),
    selection: FULL,
    placement: "front",
    target: "preview" as const,
    placeholders: true,
    ...change,
  }
  return {
    assets: { product: info(product) },
    uploads: { up_1: info(photo) },
    files: { [product.sha256]: product.data, [photo.sha256]: photo.data },
    fonts: Object.fromEntries(requiredSources(view).fonts.map((key) => [key, findFont(key).path])),
    ...view,
  }
}

/** Reads a result's pixels. */
export async function pixelsOf(result: RenderResult) {
  const { data, info } = await sharp(result.data).ensureAlpha().raw().toBuffer({
    resolveWithObject: true,
  })
  const at = (x: number, y: number): number[] => {
    const first = (y * info.width + x) * 4
    return [first, first + 1, first + 2, first + 3].map((index) => data[index] ?? -1)
  }
  /** How many pixels of a rectangle satisfy a condition. */
  const count = (
    [left, top, width, height]: readonly [number, number, number, number],
    is: (pixel: number[]) => boolean
  ): number => {
    let found = 0
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) {
        found += is(at(x, y)) ? 1 : 0
      }
    }
    return found
  }
  return { width: info.width, height: info.height, at, count }
}
