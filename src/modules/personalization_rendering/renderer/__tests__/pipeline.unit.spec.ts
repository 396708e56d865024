import sharp from "sharp"
import type { Selection } from "../../../../domain/selection/selection"
import { runPipeline } from "../pipeline"
import { RENDER_STEPS, type RendererJob } from "../protocol"
import { disc, FULL, makeJob, type Picture, picture, pixelsOf, twoBands } from "./fixture"

let product: Picture
let photo: Picture

beforeAll(async () => {
  product = await disc()
  photo = await twoBands()
})

async function render(change: Partial<RendererJob> = {}) {
  const result = await runPipeline(makeJob(product, photo, change), {
    deadlineMs: 60_000,
    onStep: () => undefined,
  })
  return { result, ...(await pixelsOf(result)) }
}

/** WebP is lossy: colours may be off by this much. */
const near = (expected: number[], pixel: number[], by = 24) =>
  expected.every((value, index) => Math.abs(value - (pixel[index] ?? -1)) <= by)

const blue = (pixel: number[]) => near([0, 0, 255], pixel, 60)

describe("a preview", () => {
  it("shows the product over its backdrop, and text in its colour inside its frame only", async () => {
    const image = await render()
    expect(image.result).toMatchObject({ mime_type: "image/webp", width: 400, height: 400 })
    expect(near([255, 255, 255], image.at(5, 5))).toBe(true)
    expect(near([200, 200, 200], image.at(50, 200))).toBe(true)
    // The text's frame: x 100 to 300, y 220 to 280.
    expect(image.count([100, 220, 200, 60], blue)).toBeGreaterThan(500)
    expect(image.count([0, 0, 400, 219], blue)).toBe(0)
    expect(image.count([0, 281, 400, 119], blue)).toBe(0)
  })

  it("covers the photo's frame with the middle of the photo", async () => {
    const image = await render()
    // The frame: x 100 to 300, y 100 to 200; the photo's bands meet in its middle.
    expect(near([0, 255, 0], image.at(110, 105))).toBe(true)
    expect(near([0, 255, 0], image.at(290, 145))).toBe(true)
    expect(near([255, 0, 255], image.at(110, 155))).toBe(true)
    expect(near([255, 0, 255], image.at(290, 195))).toBe(true)
    expect(near([200, 200, 200], image.at(200, 95))).toBe(true)
  })

  it("turns the photo clockwise", async () => {
    const selection: Selection = {
      ...FULL,
      photo: { kind: "image", value: { upload_id: "up_1", zoom: 1, x: 0, y: 0, rotation: 90 } },
    }
    const image = await render({ selection })
    // What was above is now on the right.
    expect(near([0, 255, 0], image.at(280, 150))).toBe(true)
    expect(near([255, 0, 255], image.at(120, 150))).toBe(true)
  })

  it("colours the product and leaves the backdrop and the zones alone", async () => {
    const selection: Selection = { ...FULL, colour: { kind: "color", value: "#ff0000" } }
    const image = await render({ selection })
    expect(near([200, 0, 0], image.at(50, 200))).toBe(true)
    expect(near([255, 255, 255], image.at(5, 5))).toBe(true)
    expect(near([0, 255, 0], image.at(110, 105))).toBe(true)
  })

  it("draws what is missing as placeholders", async () => {
    const image = await render({ selection: {} })
    expect(near([0, 255, 0], image.at(110, 105))).toBe(false)
    const paleBlue = ([r = 0, , b = 0]: number[]) => b - r > 40
    expect(image.count([100, 220, 200, 60], paleBlue)).toBeGreaterThan(100)
    expect(image.count([100, 220, 200, 60], blue)).toBe(0)
    const bare = await render({ selection: {}, placeholders: false })
    expect(bare.count([100, 100, 200, 200], (pixel) => !near([200, 200, 200], pixel))).toBe(0)
  })

  it("has no fringe where a photo is half transparent", async () => {
    const veil = await picture(300, 300, () => [255, 0, 0, 128])
    const result = await runPipeline(makeJob(product, veil), {
      deadlineMs: 60_000,
      onStep: () => undefined,
    })
    const image = await pixelsOf(result)
    // Half red over grey 200: (255 + 200) / 2 and 200 / 2.
    expect(near([228, 100, 100], image.at(200, 120), 10)).toBe(true)
  })

  it("turns photos upright as their EXIF orientation says", async () => {
    const sideways = await picture(
      200,
      100,
      (x) => (x < 100 ? [0, 255, 0, 255] : [255, 0, 255, 255]),
      (image) => image.removeAlpha().withMetadata({ orientation: 6 }).jpeg({ quality: 95 })
    )
    const upright = { ...sideways, width: 100, height: 200 }
    const result = await runPipeline(makeJob(product, upright), {
      deadlineMs: 60_000,
      onStep: () => undefined,
    })
    const image = await pixelsOf(result)
    expect(near([0, 255, 0], image.at(200, 110), 40)).toBe(true)
    expect(near([255, 0, 255], image.at(200, 190), 40)).toBe(true)
  })
})

describe("a print", () => {
  it("has the exact size, the DPI in its file, and transparency around the zones", async () => {
    const image = await render({ target: "print" })
    expect(image.result).toMatchObject({
      mime_type: "image/png",
      width: 1040,
      height: 1040,
      dpi: 254,
    })
    const data = image.result.data
    // The pHYs chunk: 10,000 pixels per metre in both directions.
    const physical = data.indexOf("pHYs")
    expect(physical).toBeGreaterThan(0)
    expect(data.readUInt32BE(physical + 4)).toBe(10_000)
    expect(data.readUInt32BE(physical + 8)).toBe(10_000)
    expect(data.readUInt8(physical + 12)).toBe(1)
    expect(image.at(5, 5)).toEqual([0, 0, 0, 0])
    expect(image.at(520, 570)).toEqual([0, 0, 0, 0])
    expect(image.at(520, 100)).toEqual([0, 255, 0, 255])
    expect(
      image.count([20, 620, 1000, 300], (pixel) => pixel.join() === "0,0,255,255")
    ).toBeGreaterThan(10_000)
  })

  it("shows what the preview shows", async () => {
    const preview = await render()
    const print = await render({ target: "print" })
    // The text's frame in both, at the preview's size: 20 pixels of bleed first, then 1000 for 100 mm.
    const frameOf = async (data: Buffer, region: sharp.Region) =>
      sharp(data)
        .extract(region)
        .flatten({ background: "#c8c8c8" })
        .resize(200, 60, { fit: "fill" })
        .greyscale()
        .raw()
        .toBuffer()
    const a = await frameOf(preview.result.data, { left: 100, top: 220, width: 200, height: 60 })
    const b = await frameOf(print.result.data, { left: 20, top: 620, width: 1000, height: 300 })
    const difference = a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0)
    expect(difference / a.length).toBeLessThan(4)
    // The measure can tell: the same picture shifted by 3 % is far off.
    const c = await frameOf(print.result.data, { left: 50, top: 620, width: 990, height: 300 })
    const shifted = a.reduce((sum, value, at) => sum + Math.abs(value - (c[at] ?? 0)), 0)
    expect(shifted / a.length).toBeGreaterThan(10)
  })
})

describe("every render", () => {
  it("goes through its steps in order and times each", async () => {
    const steps: string[] = []
    const result = await runPipeline(makeJob(product, photo), {
      deadlineMs: 60_000,
      onStep: (step) => steps.push(step),
    })
    expect(steps).toEqual([...RENDER_STEPS])
    const { total, ...each } = result.timings
    expect(Object.values(each).reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(total + 1)
  })

  it("gives the same bytes each time", async () => {
    const first = await render()
    const second = await render()
    expect(second.result.data.equals(first.result.data)).toBe(true)
  })

  it("begins no step after its deadline", async () => {
    const steps: string[] = []
    const late = runPipeline(makeJob(product, photo), {
      deadlineMs: 20,
      onStep: (step) => {
        steps.push(step)
        const until = Date.now() + 30
        while (Date.now() < until);
      },
    })
    await expect(late).rejects.toMatchObject({ code: "deadline_exceeded", step: "load" })
    expect(steps).toEqual(["plan"])
  })
})

describe("bad pictures", () => {
  const run = (change: Partial<Picture>) =>
    runPipeline(makeJob(product, { ...photo, ...change }), {
      deadlineMs: 60_000,
      onStep: () => undefined,
    })

  it("that are none are refused by name", async () => {
    await expect(run({ data: Buffer.from("not a picture"), sha256: "x" })).rejects.toMatchObject({
      code: "image_undecodable",
      step: "load",
      message: expect.stringContaining("zone:photo"),
    })
  })

  it("never reach the SVG loader", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>`
    await expect(run({ data: Buffer.from(svg), sha256: "x" })).rejects.toMatchObject({
      code: "image_undecodable",
      message: expect.stringContaining("svg"),
    })
  })

  it("of another size than was told are refused", async () => {
    await expect(run({ width: 301 })).rejects.toMatchObject({ code: "image_size_mismatch" })
  })

  it("that were not handed over are an error", async () => {
    const job = makeJob(product, photo)
    const lost = runPipeline(
      { ...job, files: { [product.sha256]: product.data } },
      { deadlineMs: 60_000, onStep: () => undefined }
    )
    await expect(lost).rejects.toMatchObject({ code: "file_missing" })
  })
})
