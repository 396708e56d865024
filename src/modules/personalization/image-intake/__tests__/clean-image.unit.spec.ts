import { readFile } from "node:fs/promises"
import sharp from "sharp"
import { extendedWebp, png } from "../../../../domain/image-file/__tests__/files"
import { cleanImage } from "../clean-image"
import type { CleanImage } from "../protocol"
import { plain, received, redAndBlue, removeReceived } from "./pictures"

const MAX_PIXELS = 40_000_000

afterEach(removeReceived)

async function clean(bytes: Buffer): Promise<CleanImage> {
  const outcome = await cleanImage({ ...(await received(bytes)), max_pixels: MAX_PIXELS })
  if (!("image" in outcome)) {
    throw new Error(`It was refused: ${JSON.stringify(outcome)}`)
  }
  return outcome.image
}

async function codeOf(bytes: Buffer): Promise<string> {
  const outcome = await cleanImage({ ...(await received(bytes)), max_pixels: MAX_PIXELS })
  return "issue" in outcome ? outcome.issue.code : Object.keys(outcome).join()
}

/** The colour of a pixel as it is stored, without any conversion. */
async function pixel(file: string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(file, { ignoreIcc: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = (y * info.width + x) * info.channels
  return [...data.subarray(at, at + info.channels)]
}

function expectNear(actual: number[], expected: number[], distance: number): void {
  expect(actual).toHaveLength(expected.length)
  const farthest = Math.max(
    ...actual.map((value, index) => Math.abs(value - (expected[index] ?? 0)))
  )
  expect(farthest).toBeLessThanOrEqual(distance)
}

describe("cleanImage", () => {
  it("turns a photo upright and drops Exif, GPS, XMP and profile", async () => {
    const photo = await (
      await redAndBlue(300, 200)
    )
      .withExif({
        IFD0: { Artist: "Somebody" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 3230/100" },
      })
      .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>private</a></x:xmpmeta>")
      .withIccProfile("srgb")
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 95 })
      .toBuffer()
    expect(await sharp(photo).metadata()).toMatchObject({
      orientation: 6,
      exif: expect.any(Buffer),
      xmp: expect.any(Buffer),
      icc: expect.any(Buffer),
    })
    const { original, proxy } = await clean(photo)
    for (const file of [original, proxy]) {
      const metadata = await sharp(file.path).metadata()
      expect(metadata).toMatchObject({ width: 200, height: 300, space: "srgb", depth: "uchar" })
      for (const kind of ["exif", "xmp", "icc", "iptc", "orientation"] as const) {
        expect(metadata[kind]).toBeUndefined()
      }
      // A quarter turn clockwise: what was left is on top.
      expectNear(await pixel(file.path, 100, 20), [254, 0, 0], 6)
      expectNear(await pixel(file.path, 100, 280), [0, 0, 254], 6)
    }
    expect((await readFile(original.path)).includes("Somebody")).toBe(false)
    expect(original).toMatchObject({ mime_type: "image/jpeg", width: 200, height: 300 })
    expect(proxy).toMatchObject({ mime_type: "image/webp", width: 200, height: 300 })
  })

  it.each([2, 3, 4, 5, 6, 7, 8])(
    "applies orientation %i as the decoder does",
    async (orientation) => {
      const photo = await (await redAndBlue(60, 40)).withMetadata({ orientation }).png().toBuffer()
      const { original } = await clean(photo)
      const pixels = (file: string | Buffer) =>
        sharp(file).autoOrient().removeAlpha().raw().toBuffer()
      expect((await pixels(original.path)).equals(await pixels(photo))).toBe(true)
    }
  )

  it("converts Display P3 to sRGB by the embedded profile", async () => {
    const photo = await plain(64, 64, "#c86432").withIccProfile("p3").png().toBuffer()
    const { path } = await received(photo)
    // The same colour has other numbers in P3, so that leaving the profile out would change it.
    expect((await pixel(path, 9, 9))[0]).toBeLessThan(193)
    const { original } = await clean(photo)
    expectNear(await pixel(original.path, 9, 9), [0xc8, 0x64, 0x32], 2)
  })

  it.each(["srgb", "p3"])("converts 16 bits in %s to 8 in sRGB", async (profile) => {
    const photo = await plain(64, 64, "#c86432")
      .toColourspace("rgb16")
      .withIccProfile(profile)
      .png()
      .toBuffer()
    expect(await sharp(photo).metadata()).toMatchObject({ depth: "ushort", hasProfile: true })
    const { original, proxy } = await clean(photo)
    expect(await sharp(original.path).metadata()).toMatchObject({
      depth: "uchar",
      hasProfile: false,
    })
    expectNear(await pixel(original.path, 9, 9), [0xc8, 0x64, 0x32], 2)
    expectNear(await pixel(proxy.path, 9, 9), [0xc8, 0x64, 0x32], 4)
  })

  it("converts CMYK to sRGB", async () => {
    const photo = await plain(64, 64, "#c86432")
      .toColourspace("cmyk")
      .withIccProfile("cmyk")
      .jpeg({ quality: 95 })
      .toBuffer()
    expect((await sharp(photo).metadata()).space).toBe("cmyk")
    const { original } = await clean(photo)
    expect(await sharp(original.path).metadata()).toMatchObject({ space: "srgb", channels: 3 })
    // Inks reach fewer colours than a screen: the way there and back changes this one by up to 26.
    expectNear(await pixel(original.path, 9, 9), [0xc8, 0x64, 0x32], 28)
  })

  it("makes 8 bits of 16, and colours with transparency of greys with transparency", async () => {
    const deep = await plain(40, 40).toColourspace("rgb16").png().toBuffer()
    expect((await sharp(deep).metadata()).depth).toBe("ushort")
    const { original } = await clean(deep)
    expect((await sharp(original.path).metadata()).depth).toBe("uchar")
    expectNear(await pixel(original.path, 9, 9), [0xc8, 0x64, 0x32], 1)

    const grey = await plain(40, 40, "#777777")
      .ensureAlpha(0.5)
      .toColourspace("b-w")
      .png()
      .toBuffer()
    expect((await sharp(grey).metadata()).channels).toBe(2)
    const { original: coloured, proxy } = await clean(grey)
    expectNear(await pixel(coloured.path, 9, 9), [0x77, 0x77, 0x77, 128], 1)
    expectNear(await pixel(proxy.path, 9, 9), [0x77, 0x77, 0x77, 128], 3)
  })

  it("makes a proxy of at most 1600 pixels, and none larger than the picture", async () => {
    const { proxy } = await clean(await plain(3200, 2000).png().toBuffer())
    expect(proxy).toMatchObject({ width: 1600, height: 1000 })
    const small = await clean(await plain(30, 20).webp().toBuffer())
    expect(small.proxy).toMatchObject({ width: 30, height: 20 })
    expect(small.original).toMatchObject({ mime_type: "image/webp", width: 30, height: 20 })
  })

  it("tells the bytes and hash of what it wrote", async () => {
    const { original, proxy } = await clean(await plain(30, 20).jpeg().toBuffer())
    for (const file of [original, proxy]) {
      const bytes = await readFile(file.path)
      expect(file.bytes).toBe(bytes.length)
      const { createHash } = await import("node:crypto")
      expect(file.sha256).toBe(createHash("sha256").update(bytes).digest("hex"))
    }
  })

  it("refuses pictures that end early", async () => {
    const noise = await sharp({
      create: {
        width: 200,
        height: 200,
        channels: 3,
        background: "#000000",
        noise: { type: "gaussian", mean: 128, sigma: 30 },
      },
    })
      .png()
      .toBuffer()
    for (const format of ["jpeg", "png", "webp"] as const) {
      const whole = await sharp(noise).toFormat(format).toBuffer()
      expect(await codeOf(whole)).toBe("image")
      expect(await codeOf(whole.subarray(0, Math.floor(whole.length * 0.6)))).toBe(
        "undecodable_image"
      )
    }
    const progressive = await sharp(noise).jpeg({ progressive: true }).toBuffer()
    expect(await codeOf(progressive.subarray(0, progressive.length - 500))).toBe(
      "undecodable_image"
    )
  })

  it("refuses a PNG whose header lies about its pixels, in either direction", async () => {
    const has = { width: 100, height: 100 }
    expect(await codeOf(png(has, has))).toBe("image")
    for (const says of [
      { width: 100, height: 200 },
      { width: 2000, height: 100 },
      { width: 10, height: 10 },
      { width: 100, height: 99 },
      { width: 5, height: 100 },
    ]) {
      expect(await codeOf(png(says, has))).toBe("undecodable_image")
    }
    const claimed = png({ width: 40_000, height: 40_000 }, has)
    expect(await codeOf(claimed)).toBe("too_many_pixels")
    const checksum = Buffer.from(png(has, has))
    checksum.writeUInt32BE(50, 20)
    expect(await codeOf(checksum)).toBe("undecodable_image")
  })

  it("takes PNGs of every honest form", async () => {
    const base = plain(37, 23)
    for (const make of [
      base.clone().png({ progressive: true }),
      base.clone().png({ palette: true, colours: 2 }),
      base.clone().png({ palette: true, colours: 4, progressive: true }),
      base.clone().ensureAlpha(0.3).png({ progressive: true }),
      base.clone().toColourspace("rgb16").png({ progressive: true }),
      base.clone().toColourspace("b-w").png(),
      plain(1, 1).png({ progressive: true }),
      plain(3, 1).png({ progressive: true }),
    ]) {
      expect(await codeOf(await make.toBuffer())).toBe("image")
    }
  })

  it("refuses a picture that is a web page too", async () => {
    const photo = await plain(30, 20).jpeg().toBuffer()
    const page = Buffer.from("<html><script>alert(document.domain)</script></html>")
    const comment = Buffer.concat([
      photo.subarray(0, 2),
      Buffer.from([0xff, 0xfe, 0, page.length + 2]),
      page,
      photo.subarray(2),
    ])
    expect((await sharp(comment).metadata()).format).toBe("jpeg")
    expect(await codeOf(comment)).toBe("polyglot_file")
    expect(await codeOf(Buffer.concat([photo, page]))).toBe("polyglot_file")
  })

  it("believes neither the name of a type nor a flag that hides frames", async () => {
    const frames = Buffer.alloc(20 * 8 * 8 * 3, 7)
    frames.fill(200, 0, 10 * 8 * 8 * 3)
    const animated = await sharp(frames, {
      raw: { width: 8, height: 160, channels: 3, pageHeight: 8 },
    })
      .webp()
      .toBuffer()
    expect(await codeOf(animated)).toBe("animated_image")
    const hidden = Buffer.from(animated)
    hidden[20] = (hidden[20] ?? 0) & ~0x02
    expect(await codeOf(hidden)).toBe("undecodable_image")
    // The canvas says one size, the only frame has another.
    const frame = (await plain(8, 8).webp().toBuffer()).subarray(12)
    const canvas = Buffer.concat([extendedWebp(500, 500, 0), frame])
    canvas.writeUInt32LE(canvas.length - 8, 4)
    expect(await codeOf(canvas)).toBe("undecodable_image")
    expect(await codeOf(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toBe(
      "svg_not_supported"
    )
  })
})
