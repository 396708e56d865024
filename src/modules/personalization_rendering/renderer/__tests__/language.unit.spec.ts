// What the template language says about the picture, in pixels.
import { type DefinitionInput, definitionSchema } from "../../../../domain/template/definition"
import { runPipeline } from "../pipeline"
import type { RendererJob } from "../protocol"
import { disc, makeJob, type Picture, picture, pixelsOf, twoBands } from "./fixture"

type ZoneInput = DefinitionInput["zones"][number]
type PlacementInput = DefinitionInput["placements"][number]

/** 100 x 100 mm, printed at ten pixels a millimetre; on the preview's canvas of 400 x 400 two pixels, from (100, 100). */
const PLACEMENT: PlacementInput = {
  key: "front",
  label: "Front",
  canvas: { width: 400, height: 400 },
  background: { asset: "product", backdrop: "#ffffff" },
  print_area: {
    width_mm: 100,
    height_mm: 100,
    dpi: 254,
    on_canvas: { x: 100, y: 100, width: 200, height: 200 },
  },
}
const WORDS = {
  kind: "static_text",
  key: "words",
  placement: "front",
  frame: { x: 0, y: 0, width: 100, height: 100 },
  font: "inter-bold",
  size: 100,
  color: "#0000ff",
} as const

let product: Picture
let photo: Picture

beforeAll(async () => {
  product = await disc()
  photo = await twoBands()
})

function run(zones: ZoneInput[], change: Partial<RendererJob> = {}, placement = PLACEMENT) {
  const definition = definitionSchema.parse({ schema: 1, placements: [placement], zones })
  const job = makeJob(product, photo, { definition, selection: {}, target: "print", ...change })
  return runPipeline(job, { deadlineMs: 60_000, onStep: () => undefined })
}

async function render(...asked: Parameters<typeof run>) {
  return pixelsOf(await run(...asked))
}

const is =
  (...expected: number[]) =>
  (pixel: number[]) =>
    expected.every((value, index) => pixel[index] === value)
const near = (expected: number[], pixel: number[]) =>
  expected.every((value, index) => Math.abs(value - (pixel[index] ?? -1)) <= 24)
const ALL = [0, 0, 1000, 1000] as const

describe("an outline", () => {
  it("is a ring of its width around the letters, and the letters stay as they are", async () => {
    const plain = await render([{ ...WORDS, text: "I" }])
    const ringed = await render([
      { ...WORDS, text: "I", outline: { width_mm: 3, color: "#ff0000" } },
    ])
    const row = Array.from({ length: 1000 }, (_, x) => ringed.at(x, 500))
    const red = row.flatMap((pixel, x) => (is(255, 0, 0, 255)(pixel) ? [x] : []))
    const blue = row.flatMap((pixel, x) => (is(0, 0, 255, 255)(pixel) ? [x] : []))
    const [left = 0, right = 0] = [Math.min(...blue), Math.max(...blue)]
    // Thirty pixels on each side of the stem, but for the smoothed ones.
    const before = red.filter((x) => x < left)
    const after = red.filter((x) => x > right)
    expect(before.length).toBeGreaterThanOrEqual(28)
    expect(before.length).toBeLessThanOrEqual(31)
    expect(after.length).toBeGreaterThanOrEqual(28)
    expect(after.length).toBeLessThanOrEqual(31)
    expect(red).toHaveLength(before.length + after.length)
    expect(ringed.count(ALL, is(0, 0, 255, 255))).toBe(plain.count(ALL, is(0, 0, 255, 255)))
  })

  it("has round corners", async () => {
    const ringed = await render([
      { ...WORDS, text: "I", outline: { width_mm: 5, color: "#ff0000" } },
    ])
    const inked: [number, number][] = []
    for (let y = 0; y < 1000; y++) {
      for (let x = 0; x < 1000; x++) {
        if (ringed.at(x, y)[3] === 255) {
          inked.push([x, y])
        }
      }
    }
    const left = Math.min(...inked.map(([x]) => x))
    const top = Math.min(...inked.map(([, y]) => y))
    expect(ringed.at(left + 5, top + 5)[3]).toBe(0)
    expect(ringed.at(left + 20, top + 20)).toEqual([255, 0, 0, 255])
  })
})

describe("text on an arc", () => {
  it.each([
    ["up", 1],
    ["down", -1],
  ] as const)("%s is a bow", async (direction, sign) => {
    const image = await render([
      { ...WORDS, text: "HHHHHHHHH", size: 40, arc: { radius_mm: 45, direction } },
    ])
    const topOf = (from: number) => {
      for (let y = 0; y < 1000; y++) {
        if (image.count([from, y, 60, 1], (pixel) => pixel[3] === 255) > 0) {
          return y
        }
      }
      return NaN
    }
    const columns = Array.from({ length: 1000 }, (_, x) => x).filter(
      (x) => image.count([x, 0, 1, 1000], (pixel) => pixel[3] === 255) > 0
    )
    const [left = 0, right = 0] = [columns[0], columns.at(-1)]
    expect(Math.abs(left + right - 1000)).toBeLessThan(10)
    const [begin, middle, end] = [topOf(left), topOf(470), topOf(right - 60)]
    expect(sign * (begin - middle)).toBeGreaterThan(100)
    expect(sign * (end - middle)).toBeGreaterThan(100)
  })
})

const DIAMOND = {
  shape: "path",
  d: "M50 0L100 50L50 100L0 50Z",
  view_box: { width: 100, height: 100 },
} as const
const SHOP_PHOTO: ZoneInput = {
  kind: "image",
  key: "photo",
  label: "Photo",
  placement: "front",
  frame: { x: 10, y: 30, width: 80, height: 40 },
  accept: ["image/png"],
  max_bytes: 1_000_000,
  default: { asset: "product" },
}

/** Pixels by which a point of the print lies outside of the diamond in the photo's frame, down or across. */
function outsideDiamond(x: number, y: number): number {
  return (Math.abs(x + 0.5 - 500) / 400 + Math.abs(y + 0.5 - 500) / 200 - 1) * 200
}

describe("a shop's picture as a default", () => {
  it("is printed in its frame until the visitor sends another", async () => {
    const grey = await render([SHOP_PHOTO])
    expect(near([200, 200, 200, 255], grey.at(500, 500))).toBe(true)
    const own = await render([SHOP_PHOTO], {
      selection: {
        photo: { kind: "image", value: { upload_id: "up_1", zoom: 1, x: 0, y: 0, rotation: 0 } },
      },
    })
    expect(own.at(500, 400)).toEqual([0, 255, 0, 255])
    expect(own.at(500, 600)).toEqual([255, 0, 255, 255])
  })
})

describe("a path", () => {
  it("masks a picture, stretched to its frame, and nothing lies outside", async () => {
    const zone: ZoneInput = { ...SHOP_PHOTO, default: { asset: "photo" }, mask: DIAMOND }
    const image = await render([zone], {
      assets: { photo: { sha256: photo.sha256, width: 300, height: 300 } },
    })
    let inside = 0
    for (let y = 0; y < 1000; y++) {
      for (let x = 0; x < 1000; x++) {
        const distance = outsideDiamond(x, y)
        const alpha = image.at(x, y)[3]
        if (distance > 1 && alpha !== 0) {
          throw new Error(`(${x}, ${y}) is inked outside of the mask`)
        }
        if (distance < -1) {
          inside += alpha === 255 ? 1 : 0
        }
      }
    }
    expect(inside).toBeGreaterThan(155_000)
  })

  it("that leaves its view box does not let the picture out of the frame", async () => {
    const mask = { ...DIAMOND, d: "M-100 -100L200 -100L200 200L-100 200Z" }
    const image = await render([{ ...SHOP_PHOTO, default: { asset: "photo" }, mask }], {
      assets: { photo: { sha256: photo.sha256, width: 300, height: 300 } },
    })
    expect(image.count(ALL, (pixel) => pixel[3] !== 0)).toBe(800 * 400)
  })

  it("fills a shape's frame", async () => {
    const zone: ZoneInput = {
      kind: "shape",
      key: "badge",
      placement: "front",
      frame: { x: 10, y: 30, width: 80, height: 40 },
      figure: DIAMOND,
      fill: "#ff8800",
    }
    const image = await render([zone])
    const area = image.count(ALL, is(255, 136, 0, 255))
    expect(Math.abs(area - 160_000)).toBeLessThan(2_000)
    expect(image.at(110, 500)).toEqual([255, 136, 0, 255])
    expect(image.at(150, 400)).toEqual([0, 0, 0, 0])
  })

  it("shows an empty frame whose line has one width all around", async () => {
    const zone: ZoneInput = {
      ...SHOP_PHOTO,
      default: undefined,
      mask: {
        shape: "path",
        // A wide path in a view box of quite another form than the frame's.
        d: "M0 0L1000 0L1000 10L0 10Z",
        view_box: { width: 1000, height: 10 },
      },
    }
    const image = await render([zone], { target: "preview" })
    // The frame: x 120 to 280, y 160 to 240. Its line is dark.
    const dark = ([red = 255]: number[]) => red < 190
    const across = (x: number) => image.count([x, 150, 1, 30], dark)
    const down = (y: number) => image.count([110, y, 30, 1], dark)
    const thickest = (counts: number[]) => Math.max(...counts)
    const top = thickest(Array.from({ length: 120 }, (_, at) => across(140 + at)))
    const left = thickest(Array.from({ length: 40 }, (_, at) => down(180 + at)))
    expect(top).toBeGreaterThan(0)
    expect(Math.abs(top - left)).toBeLessThanOrEqual(1)
  })
})

describe("the product", () => {
  const ring: ZoneInput = {
    kind: "option",
    key: "look",
    label: "Look",
    option_set: "looks",
    appearance: [{ value: "green", backgrounds: { front: "green" } }],
  }

  it("has another photo when the chosen option says so", async () => {
    const green = await picture(400, 400, () => [0, 160, 0, 255])
    const sources = {
      assets: {
        product: { sha256: product.sha256, width: 400, height: 400 },
        green: { sha256: green.sha256, width: 400, height: 400 },
      },
      files: { [product.sha256]: product.data, [green.sha256]: green.data },
      target: "preview" as const,
    }
    const plain = await render([ring], sources)
    expect(near([200, 200, 200], plain.at(200, 200))).toBe(true)
    const swapped = await render([ring], {
      ...sources,
      selection: { look: { kind: "option", value: "green" } },
    })
    expect(swapped.count([0, 0, 400, 400], (pixel) => near([0, 160, 0], pixel))).toBe(160_000)
  })

  it("without a photo is its backdrop", async () => {
    const bare = { ...PLACEMENT, background: { backdrop: "#3366cc" }, base_color: "#ff0000" }
    const image = await render([ring], { target: "preview" }, bare)
    expect(image.count([0, 0, 400, 400], (pixel) => near([0x33, 0x66, 0xcc], pixel))).toBe(160_000)
  })

  it("shows zones between four corners only, most of the way to them", async () => {
    const quad = {
      top_left: { x: 100, y: 120 },
      top_right: { x: 300, y: 100 },
      bottom_right: { x: 290, y: 300 },
      bottom_left: { x: 110, y: 290 },
    }
    const { on_canvas: _, ...area } = PLACEMENT.print_area
    const placement = { ...PLACEMENT, print_area: { ...area, on_canvas_quad: quad } }
    const fill: ZoneInput = {
      kind: "shape",
      key: "all",
      placement: "front",
      frame: { x: -10, y: -10, width: 120, height: 120 },
      figure: { shape: "rectangle" },
      fill: "#ff0000",
    }
    const image = await render([fill], { target: "preview" }, placement)
    const red = (pixel: number[]) => near([255, 0, 0], pixel)
    const corners = [quad.top_left, quad.top_right, quad.bottom_right, quad.bottom_left]
    const outside = (x: number, y: number) =>
      Math.max(
        ...corners.map((from, index) => {
          const to = corners[(index + 1) % 4] ?? from
          const [dx, dy] = [to.x - from.x, to.y - from.y]
          return ((x - from.x) * dy - (y - from.y) * dx) / Math.hypot(dx, dy)
        })
      )
    const wrong: [number, number][] = []
    for (let y = 0; y < 400; y++) {
      for (let x = 0; x < 400; x++) {
        const distance = outside(x + 0.5, y + 0.5)
        if (Math.abs(distance) > 3 && red(image.at(x, y)) !== distance < 0) {
          wrong.push([x, y])
        }
      }
    }
    expect(wrong).toEqual([])
  })
})

describe("a hidden zone", () => {
  it("leaves no pixel, in a print or a preview, as value, placeholder or fixed words", async () => {
    const never = { zone: "switch", is: "on" } as const
    const zones: ZoneInput[] = [
      { kind: "option", key: "switch", label: "Switch", option_set: "switch" },
      { ...WORDS, text: "HIDDEN", show_if: never },
      { ...SHOP_PHOTO, show_if: never },
      { ...SHOP_PHOTO, key: "empty", default: undefined, show_if: never },
    ]
    const print = await render(zones)
    expect(print.count(ALL, (pixel) => pixel[3] !== 0)).toBe(0)
    const preview = await run(zones, { target: "preview" })
    const nothing = await run(zones.slice(0, 1), { target: "preview" })
    expect(preview.data.equals(nothing.data)).toBe(true)
    const shown = await render(zones, { selection: { switch: { kind: "option", value: "on" } } })
    expect(shown.count(ALL, (pixel) => pixel[3] !== 0)).toBeGreaterThan(10_000)
  })
})

it("gives the same bytes each time, whatever is drawn", async () => {
  const zones: ZoneInput[] = [
    { ...SHOP_PHOTO, mask: DIAMOND },
    {
      ...WORDS,
      text: "Curved سلام",
      font: "cairo-bold",
      size: 30,
      arc: { radius_mm: 40 },
      outline: { width_mm: 1, color: "#ffcc00" },
    },
  ]
  const first = await run(zones)
  const second = await run(zones)
  expect(second.data.equals(first.data)).toBe(true)
})
