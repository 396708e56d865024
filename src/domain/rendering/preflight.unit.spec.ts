// What people are told before a design is printed.
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import type { Selection } from "../selection/selection"
import { type DefinitionInput, definitionSchema } from "../template/definition"
import { sampleShaper } from "./__tests__/shaper"
import { preflight } from "./preflight"
import type { Shaper } from "./shape"

let shaper: Shaper

beforeAll(async () => {
  shaper = await sampleShaper()
})

/** 100 x 100 mm with 3 mm of bleed and a safe margin of 5 mm. */
const PLACEMENT = {
  ...SAMPLE_PLACEMENT,
  print_area: { ...SAMPLE_PLACEMENT.print_area, bleed_mm: 3, safe_margin_mm: 5 },
}
/** Reaches the bleed's edge on every side. */
const PHOTO = {
  kind: "image" as const,
  key: "photo",
  label: "Photo",
  placement: "front",
  frame: { x: -3, y: -3, width: 106, height: 106 },
  accept: ["image/png" as const],
  max_bytes: 10_000_000,
}
const TEXT = { ...SAMPLE_TEXT_ZONE, frame: { x: 10, y: 10, width: 80, height: 30 } }

type ZoneInput = DefinitionInput["zones"][number]

function told(zones: ZoneInput[], selection: Selection, fonts: Shaper | null = shaper) {
  return preflight(
    {
      definition: definitionSchema.parse({ schema: 1, placements: [PLACEMENT], zones }),
      option_sets: [],
      uploads: {
        square: { mime_type: "image/png", bytes: 1000, width: 2000, height: 2000 },
        wide: { mime_type: "image/png", bytes: 1000, width: 3000, height: 1000 },
      },
    },
    selection,
    fonts
  ).map(({ path, code, params }) => [path.join("."), code, params])
}

const text = (value: string): Selection => ({ name: { kind: "text", value: { text: value } } })
const picture = (upload_id: string, view: object = {}): Selection => ({
  photo: { kind: "image", value: { upload_id, zoom: 1, x: 0, y: 0, rotation: 0, ...view } },
})

describe("texts", () => {
  it("that stand well are not told of", () => {
    expect(told([TEXT], text("Ada"))).toEqual([])
  })

  it("that do not fit, or whose font lacks a letter, are", () => {
    const codes = told([{ ...TEXT, max_length: 200 }], text("漢".repeat(90)))
    expect(codes).toEqual([
      ["options.name", "glyph_missing", { font: "inter", characters: ["漢"] }],
      ["options.name", "text_overflow", { size: 10 }],
      ["options.name", "outside_safe_area", expect.anything()],
    ])
  })

  it("that come closer to the edge than is safe are, with how close", () => {
    // The letters begin at the frame's left edge.
    const near = { ...TEXT, align: "left" as const, frame: { x: 1, y: 10, width: 80, height: 30 } }
    const [issue, ...others] = told([near], text("Hill"))
    expect(others).toEqual([])
    expect(issue).toMatchObject(["options.name", "outside_safe_area", { safe_margin_mm: 5 }])
    const { edge_mm } = issue?.[2] as { edge_mm: number }
    // The H stands a little right of its own origin.
    expect(edge_mm).toBeGreaterThan(1)
    expect(edge_mm).toBeLessThan(2.5)
  })

  it("are judged as they are turned, with the line around them", () => {
    const tall = { ...TEXT, frame: { x: 40, y: 7, width: 20, height: 12 }, valign: "top" as const }
    expect(told([tall], text("Ada"))).toEqual([])
    // A quarter turn about (50, 13): the letters' line ends no lower, but the frame is now 12 mm wide.
    expect(told([{ ...tall, frame: { x: 0, y: 40, width: 20, height: 12 } }], text("Ada"))).toEqual(
      [["options.name", "outside_safe_area", expect.objectContaining({ safe_margin_mm: 5 })]]
    )
    const turned = { ...tall, frame: { x: 0, y: 40, width: 20, height: 12 }, rotation: 90 }
    expect(told([turned], text("Ada"))).toEqual([])
    const outlined = {
      ...TEXT,
      frame: { x: 5, y: 40, width: 90, height: 30 },
      align: "left" as const,
    }
    expect(told([outlined], text("Hill"))).toEqual([])
  })

  it("are not judged without their fonts", () => {
    expect(told([{ ...TEXT, max_length: 200 }], text("漢".repeat(90)), null)).toEqual([])
  })
})

describe("pictures", () => {
  it("that fill their frame up to the bleed are not told of", () => {
    expect(told([PHOTO], picture("square"))).toEqual([])
    expect(told([PHOTO], picture("square", { rotation: 90 }))).toEqual([])
  })

  it("that print coarsely at their zoom are", () => {
    // 2000 pixels over 106 mm are 479 dpi; three times as large, 159.
    const zone = { ...PHOTO, dpi: { warn: 200, block: 100 } }
    expect(told([zone], picture("square"))).toEqual([])
    expect(told([zone], picture("square", { zoom: 3 }))).toEqual([
      ["options.photo", "low_resolution", { effective_dpi: 159, warn: 200, block: 100 }],
    ])
  })

  it("that are moved off an edge leave a gap, and do not reach the bleed there", () => {
    expect(told([PHOTO], picture("square", { x: 0.1 }))).toEqual([
      ["options.photo", "frame_not_covered", undefined],
      ["options.photo", "short_of_bleed", { sides: ["left"], bleed_mm: 3 }],
    ])
  })

  it("that are shown whole in a frame that runs off the edge end before the bleed does", () => {
    const whole = { ...PHOTO, fit: "contain" as const }
    expect(told([whole], picture("wide"))).toEqual([
      ["options.photo", "short_of_bleed", { sides: ["top", "bottom"], bleed_mm: 3 }],
    ])
    const inside = { ...whole, frame: { x: 0, y: 0, width: 100, height: 100 } }
    expect(told([inside], picture("wide"))).toEqual([])
  })

  it("of hidden zones are not judged", () => {
    const zone = { ...PHOTO, dpi: { warn: 200, block: 100 } }
    const hidden = { ...zone, show_if: { zone: "name", filled: true as const } }
    expect(told([hidden, TEXT], picture("square", { zoom: 3 }))).toEqual([])
    const shown = { ...picture("square", { zoom: 3 }), ...text("Ada") }
    expect(told([hidden, TEXT], shown)).toEqual([
      ["options.photo", "low_resolution", expect.anything()],
    ])
  })
})
