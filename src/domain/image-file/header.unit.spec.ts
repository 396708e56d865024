import fc from "fast-check"
import sharp from "sharp"
import {
  animationControl,
  extendedWebp,
  isoFile,
  jpegHeader,
  jpegSegment,
  png,
  pngChunk,
} from "./__tests__/files"
import { ImageHeaderReader, judgeImage, type HeaderState } from "./header"

const MAX_PIXELS = 40_000_000

/** What the reader says of a whole file. */
const read = (file: Uint8Array) => judgeImage(file, MAX_PIXELS)

/** The code of a refusal. */
function codeOf(file: Uint8Array | string): string {
  const state = read(typeof file === "string" ? Buffer.from(file, "latin1") : file)
  return state.state === "refused" ? state.issue.code : state.state
}

function detected(file: Buffer): unknown {
  const state = read(file)
  return state.state === "refused" ? state.issue.params?.detected : state.state
}

const gradient = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#336699" } })

describe("ImageHeaderReader", () => {
  it.each([
    ["baseline JPEG", "image/jpeg", () => gradient(123, 45).jpeg()],
    ["progressive JPEG", "image/jpeg", () => gradient(123, 45).jpeg({ progressive: true })],
    [
      "JPEG with Exif and a profile",
      "image/jpeg",
      () => gradient(123, 45).withMetadata({ orientation: 6 }).withIccProfile("p3").jpeg(),
    ],
    ["PNG", "image/png", () => gradient(123, 45).png()],
    ["interlaced PNG", "image/png", () => gradient(123, 45).png({ progressive: true })],
    ["palette PNG", "image/png", () => gradient(123, 45).png({ palette: true })],
    ["lossy WebP", "image/webp", () => gradient(123, 45).webp()],
    ["lossless WebP", "image/webp", () => gradient(123, 45).webp({ lossless: true })],
    ["WebP with alpha", "image/webp", () => gradient(123, 45).ensureAlpha(0.5).webp()],
    [
      "WebP with Exif",
      "image/webp",
      () => gradient(123, 45).withMetadata({ orientation: 6 }).webp(),
    ],
  ])("reads the size of a %s", async (_name, mime_type, make) => {
    expect(read(await make().toBuffer())).toEqual({
      state: "image",
      header: { mime_type, width: 123, height: 45 },
    })
  })

  it("knows a JPEG's size behind segments of any length, fill bytes and stray bytes", () => {
    const file = jpegHeader(640, 480, [
      jpegSegment(0xe1, Buffer.alloc(65_000, 0xff)),
      Buffer.from([0xff, 0xff, 0xff]),
      jpegSegment(0xe2, Buffer.alloc(2)),
      Buffer.from([0, 0]),
      jpegSegment(0xc4, Buffer.alloc(20)),
    ])
    expect(read(file)).toMatchObject({ state: "image", header: { width: 640, height: 480 } })
  })

  it("says too many pixels as soon as the size is there, with both numbers", () => {
    const file = png({ width: 40_000, height: 40_000 })
    const reader = new ImageHeaderReader(MAX_PIXELS)
    expect(reader.push(file.subarray(0, 28))).toEqual({ state: "more" })
    expect(reader.push(file.subarray(28, 29))).toMatchObject({
      state: "refused",
      issue: {
        path: ["file"],
        code: "too_many_pixels",
        params: { max_pixels: MAX_PIXELS, width: 40_000, height: 40_000 },
      },
    })
    expect(codeOf(jpegHeader(8000, 5001))).toBe("too_many_pixels")
    expect(codeOf(extendedWebp(16_000_000, 3, 0))).toBe("too_many_pixels")
    expect(codeOf(jpegHeader(8000, 5000))).toBe("image")
    expect(codeOf(png({ width: 8000, height: 5000 }))).toBe("image")
  })

  it("says animated before any frame came", async () => {
    const animated = png({ width: 9, height: 9 }, undefined, [animationControl(100)])
    expect(read(animated)).toMatchObject({
      state: "refused",
      issue: { code: "animated_image", params: { max_frames: 1, frames: 100 } },
    })
    expect(codeOf(png({ width: 9, height: 9 }, undefined, [animationControl(1)]))).toBe("image")
    const frames = Buffer.alloc(100 * 8 * 8 * 3, 7)
    frames.fill(200, 0, 50 * 8 * 8 * 3)
    const webp = await sharp(frames, { raw: { width: 8, height: 800, channels: 3, pageHeight: 8 } })
      .webp()
      .toBuffer()
    expect(codeOf(webp.subarray(0, 30))).toBe("animated_image")
  })

  it.each([
    ["image/heic", isoFile("heic", "mif1", "heic")],
    ["image/heic", isoFile("mif1", "mif1", "heic")],
    ["image/avif", isoFile("avif", "mif1")],
    ["image/avif", isoFile("mif1", "avif")],
    ["video/mp4", isoFile("qt  ")],
    ["image/svg+xml", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["image/svg+xml", Buffer.from("\ufeff<?xml version='1.0'?>\n<!-- x -->\n<svg />", "utf8")],
    ["image/svg+xml", Buffer.from("\ufeff<svg />", "utf16le")],
    ["image/svg+xml", Buffer.from("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' ''><s:svg/>")],
    ["application/xml", Buffer.from("<?xml version='1.0'?><note/>")],
    ["text/html", Buffer.from("<!doctype html><p>")],
    ["text/html", Buffer.from("<HTML>")],
    ["image/gif", Buffer.from("GIF89a............")],
    ["image/tiff", Buffer.from("II*\0............")],
    ["image/tiff", Buffer.from("MM\0*............")],
    ["image/bmp", Buffer.from("BM..............")],
    ["application/pdf", Buffer.from("%PDF-1.7........")],
    [undefined, Buffer.from("no picture at all")],
    [undefined, Buffer.from("<p>")],
    [undefined, Buffer.from("RIFF....WAVE....")],
    [undefined, Buffer.alloc(0)],
  ])("names %s by its bytes", (kind, file) => {
    expect(detected(file)).toBe(kind)
    expect(read(file)).toMatchObject({
      issue: { params: { allowed: ["image/jpeg", "image/png", "image/webp"] } },
    })
  })

  it("has codes of their own for what visitors send most", () => {
    expect(codeOf(isoFile("heic"))).toBe("heic_not_supported")
    expect(codeOf("<svg/>".padEnd(20))).toBe("unsupported_image_type")
    expect(codeOf("<svg width='1'/>")).toBe("svg_not_supported")
    expect(codeOf("GIF89a......")).toBe("unsupported_image_type")
  })

  it.each([
    ["a JPEG without a frame", Buffer.from("ffd8ffe000020000ffd9", "hex")],
    ["a JPEG whose pixels come first", Buffer.from("ffd8ffda0002", "hex")],
    ["a JPEG with a segment shorter than its length", Buffer.from("ffd8ffe00001", "hex")],
    ["a JPEG without a height", jpegHeader(10, 0)],
    ["a JPEG that ends early", jpegHeader(10, 10).subarray(0, 10)],
    ["a PNG of no width", png({ width: 0, height: 10 })],
    ["a PNG beyond the largest size", png({ width: 2 ** 32 - 1, height: 1 })],
    ["a PNG that does not begin with IHDR", Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
    [
      "a PNG without pixels",
      Buffer.concat([
        png({ width: 9, height: 9 }).subarray(0, 33),
        pngChunk("IEND", Buffer.alloc(0)),
      ]),
    ],
    ["a WebP of an unknown form", Buffer.from("RIFF\0\0\0\0WEBPVP9 \0\0\0\0", "latin1")],
    ["a WebP that ends early", extendedWebp(9, 9, 0).subarray(0, 25)],
    [
      "a WebP that is not a key frame",
      Buffer.from("RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\x01\0\0\x9d\x01\x2a\x09\0\x09\0", "latin1"),
    ],
  ])("refuses %s", (_name, file) => {
    expect(codeOf(file)).toBe("undecodable_image")
  })

  it("does not follow a header without end", () => {
    const empty = jpegSegment(0xe0, Buffer.alloc(0))
    const reader = new ImageHeaderReader(MAX_PIXELS)
    const file = Buffer.concat([Buffer.from([0xff, 0xd8]), ...Array<Buffer>(5000).fill(empty)])
    expect(reader.push(file)).toMatchObject({ issue: { code: "undecodable_image" } })
  })

  it("gives the same answer however the bytes are cut", async () => {
    const files = [
      await gradient(31, 17)
        .withMetadata({ orientation: 6 })
        .withIccProfile("p3")
        .jpeg()
        .toBuffer(),
      await gradient(31, 17).withIccProfile("p3").png().toBuffer(),
      await gradient(31, 17).ensureAlpha(0.5).webp().toBuffer(),
      jpegHeader(50_000, 50_000, [Buffer.from([1, 0xff, 0xff])]),
      png({ width: 9, height: 9 }, undefined, [animationControl(3)]),
      isoFile("mif1", "avif"),
      Buffer.from(`<?xml version="1.0"?>${" ".repeat(300)}<svg />`),
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
        (file, sizes) => {
          const reader = new ImageHeaderReader(MAX_PIXELS)
          let state: HeaderState = { state: "more" }
          for (let at = 0, turn = 0; at < file.length && state.state === "more"; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1
            state = reader.push(file.subarray(at, at + size))
            at += size
          }
          expect(state.state === "more" ? reader.end() : state).toEqual(read(file))
        }
      ),
      { numRuns: 300 }
    )
  })

  it("comes to an answer for any bytes, and stays with it", () => {
    const beginnings = [
      "",
      "\xff\xd8\xff",
      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
      "RIFF....WEBP",
      "....ftyp",
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...beginnings),
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }),
        (beginning, chunks) => {
          const reader = new ImageHeaderReader(MAX_PIXELS)
          reader.push(Buffer.from(beginning, "latin1"))
          chunks.forEach((chunk) => reader.push(chunk))
          const end = reader.end()
          expect(reader.push(Buffer.from("anything"))).toBe(end)
          expect(reader.end()).toBe(end)
        }
      ),
      { numRuns: 500 }
    )
  })
})
