import type { Selection } from "../selection/selection"
import { type Definition, definitionSchema } from "../template/definition"
import { FULL, INPUT, SOURCES } from "./__tests__/design"
import { sampleShaper } from "./__tests__/shaper"
import { requiredSources } from "./content"
import { RenderError } from "./errors"
import { buildPlan, type PlanInput } from "./plan"
import type { Shaper } from "./shape"

let definition: Definition
let shaper: Shaper

beforeAll(async () => {
  definition = definitionSchema.parse(INPUT)
  shaper = await sampleShaper()
})

function input(change: Partial<PlanInput> = {}): PlanInput {
  return {
    definition,
    selection: FULL,
    placement: "front",
    target: "preview",
    placeholders: true,
    ...SOURCES,
    shaper,
    ...change,
  }
}

describe("a thumbnail's plan", () => {
  it("is the preview's, as small as a list shows it", () => {
    const preview = buildPlan(input())
    const small = buildPlan(input({ target: "thumbnail" }))
    expect(small).toMatchObject({ width: 320, height: 320, dpi: null, target: "thumbnail" })
    expect(small.steps.map(({ name }) => name)).toEqual(preview.steps.map(({ name }) => name))
    const matrices = [preview, small].map(({ steps }) => {
      const last = steps.at(-1)
      return last && "matrix" in last ? last.matrix : []
    })
    const scale = 320 / 600
    expect(matrices[1]).toEqual(matrices[0]?.map((value) => Math.round(value * scale * 1e6) / 1e6))
  })

  it("keeps a print area between four corners in its place, and enlarges nothing", () => {
    const corners = {
      ...INPUT,
      placements: INPUT.placements.map((placement) => ({
        ...placement,
        canvas: { width: 200, height: 100 },
        print_area: {
          width_mm: 100,
          height_mm: 100,
          dpi: 150,
          on_canvas_quad: {
            top_left: { x: 10, y: 10 },
            top_right: { x: 90, y: 12 },
            bottom_right: { x: 90, y: 90 },
            bottom_left: { x: 10, y: 90 },
          },
        },
      })),
    }
    const plan = buildPlan(
      input({ definition: definitionSchema.parse(corners), target: "thumbnail" })
    )
    expect(plan).toMatchObject({ width: 200, height: 100 })
    const last = plan.steps.at(-1)
    expect(last && "clips" in last && last.clips[0]).toEqual({
      d: "M 10 10 L 90 12 L 90 90 L 10 90 Z",
      matrix: [1, 0, 0, 1, 0, 0],
    })
  })
})

describe("a file's format", () => {
  it("is WebP or PNG on a screen, and always PNG for the workshop", () => {
    expect(buildPlan(input()).format).toBe("webp")
    expect(buildPlan(input({ format: "png" })).format).toBe("png")
    expect(buildPlan(input({ target: "print", format: "webp" })).format).toBe("png")
  })
})

describe("a preview's plan", () => {
  it("draws the product, then the zones in their order, inside the print area", () => {
    const plan = buildPlan(input())
    expect(plan).toMatchObject({ width: 600, height: 600, dpi: null, target: "preview" })
    expect(plan.steps.map(({ name }) => name)).toEqual([
      "backdrop",
      "background",
      "zone:badge",
      "zone:photo",
      "zone:name",
    ])
    for (const step of plan.steps.slice(2)) {
      expect("clips" in step && step.clips[0]?.d).toBe("M 0 0 L 100 0 L 100 100 L 0 100 Z")
    }
  })

  it("is plain JSON", () => {
    const plan = buildPlan(input())
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })

  it("loads no more pixels than it shows", () => {
    const photo = buildPlan(input()).images.find(({ id }) => id === "zone:photo")
    // 80 x 40 mm at 2 pixels per millimetre; the square photo is cut above and below.
    expect(photo).toMatchObject({ width: 160, part: { x: 0, y: 199, width: 800, height: 402 } })
    expect(photo?.height).toBeCloseTo(80, 0)
  })

  it("tints the product with the chosen colour, else the placement's, else not at all", () => {
    const tint = (change: Partial<PlanInput>) => buildPlan(input(change)).images[0]?.tint
    expect(tint({})).toBeNull()
    expect(tint({ placement: "back" })).toBe("#808080")
    expect(tint({ selection: { colour: { kind: "color", value: "#ff0000" } } })).toBe("#ff0000")
  })

  it("fills a shape with the colour that paints it", () => {
    const fill = (selection: Selection) => {
      const step = buildPlan(input({ selection })).steps.find(({ name }) => name === "zone:badge")
      return step?.op === "path" ? step.color : undefined
    }
    expect(fill({})).toBe("#ffcc00")
    expect(fill({ badge_colour: { kind: "color", value: "#0000ff" } })).toBe("#0000ff")
  })

  it("shows placeholders where nothing was chosen, or leaves them out", () => {
    const names = (change: Partial<PlanInput>) =>
      buildPlan(input({ selection: {}, ...change })).steps.map(({ name }) => name)
    expect(names({})).toContain("zone:photo:placeholder")
    expect(names({})).toContain("zone:name")
    expect(names({ placeholders: false })).toEqual(["backdrop", "background", "zone:badge"])
    const hint = buildPlan(input({ selection: {} })).steps.find(({ name }) => name === "zone:name")
    expect(hint).toMatchObject({ op: "path", opacity: 0.45 })
    const german = buildPlan(input({ selection: {}, locale: "de-AT" }))
    expect(german.steps.find(({ name }) => name === "zone:name")).not.toEqual(hint)
  })

  it("clips to four corners where the print area lies between such", () => {
    const angled = structuredClone(INPUT)
    const area = angled.placements[0]?.print_area
    Object.assign(area ?? {}, {
      on_canvas: undefined,
      on_canvas_quad: {
        top_left: { x: 200, y: 150 },
        top_right: { x: 400, y: 170 },
        bottom_right: { x: 380, y: 340 },
        bottom_left: { x: 210, y: 350 },
      },
    })
    const plan = buildPlan(input({ definition: definitionSchema.parse(angled) }))
    for (const step of plan.steps.slice(2)) {
      expect("clips" in step && step.clips[0]).toEqual({
        d: "M 200 150 L 400 170 L 380 340 L 210 350 Z",
        matrix: [1, 0, 0, 1, 0, 0],
      })
    }
  })

  it("without a photo has the backdrop alone", () => {
    const bare = structuredClone(INPUT)
    delete bare.placements[0]?.background.asset
    const plan = buildPlan(input({ definition: definitionSchema.parse(bare), assets: {} }))
    expect(plan.steps[0]).toMatchObject({ op: "fill", name: "backdrop" })
    expect(plan.steps.map(({ name }) => name)).not.toContain("background")
    expect(plan.images.map(({ id }) => id)).toEqual(["zone:photo"])
  })

  it("outlines letters by a line of twice the width below them", () => {
    const outlined = structuredClone(INPUT)
    Object.assign(outlined.zones[2] ?? {}, { outline: { width_mm: 1.5, color: "#ff00ff" } })
    const { steps } = buildPlan(input({ definition: definitionSchema.parse(outlined) }))
    const [line, fill] = steps.slice(-2)
    expect(line).toMatchObject({
      op: "line",
      name: "zone:name:outline",
      color: "#ff00ff",
      width: 3,
      join: "round",
      dash: [],
      opacity: 1,
    })
    expect(fill).toMatchObject({ op: "path", name: "zone:name" })
    expect(line?.op === "line" && fill?.op === "path" && line.d === fill.d).toBe(true)
  })

  it("stretches a path to its frame", () => {
    const masked = structuredClone(INPUT)
    Object.assign(masked.zones[1] ?? {}, {
      mask: { shape: "path", d: "M5 0L10 5L5 10L0 5Z", view_box: { width: 10, height: 10 } },
    })
    const definition = definitionSchema.parse(masked)
    const photo = buildPlan(input({ definition })).steps.find(({ name }) => name === "zone:photo")
    const mask = photo && "clips" in photo ? photo.clips.at(-1) : undefined
    // The frame is 80 x 40 mm at (10, 10), at two pixels a millimetre from (200, 150).
    expect(mask).toEqual({ d: "M5 0L10 5L5 10L0 5Z", matrix: [16, 0, 0, 8, 220, 170] })
    const empty = buildPlan(input({ definition, selection: {} }))
    const line = empty.steps.find(({ op }) => op === "line")
    // The line's own width is not stretched with its path.
    expect(line).toMatchObject({ stretch: [8, 0, 0, 4, 0, 0], matrix: [2, 0, 0, 2, 220, 170] })
  })
})

describe("a template's own words", () => {
  const words = (change: Record<string, unknown>) =>
    definitionSchema.parse({
      ...INPUT,
      zones: [
        {
          kind: "static_text",
          key: "words",
          placement: "front",
          frame: { x: 10, y: 10, width: 60, height: 40 },
          text: "made for you with love",
          font: "inter",
          size: 24,
          color: "#123456",
          ...change,
        },
      ],
    })
  const plan = (change: Record<string, unknown>, target: "preview" | "print" = "print") =>
    buildPlan(input({ definition: words(change), selection: {}, target }))

  it("are drawn on every copy, in as many lines as they need", () => {
    expect(plan({}).steps).toMatchObject([
      { op: "path", name: "zone:words", color: "#123456", opacity: 1 },
    ])
    expect(plan({}, "preview").steps.map(({ name }) => name)).toContain("zone:words")
  })

  it("do not shrink", () => {
    const d = (height: number) => {
      const frame = { x: 10, y: 10, width: 60, height }
      const step = plan({ text: "love", frame, valign: "top" }).steps[0]
      return step?.op === "path" ? step.d : undefined
    }
    expect(d(40)).toContain("M")
    expect(d(4)).toBe(d(40))
  })

  it("may stand on an arc, in their own letter case, with an outline", () => {
    const curved = { arc: { radius_mm: 40 }, size: 12 }
    const d = (change: Record<string, unknown>) => {
      const step = plan({ ...curved, ...change }).steps.at(-1)
      return step?.op === "path" ? step.d : undefined
    }
    expect(d({ letter_case: "title" })).toBe(d({ text: "Made For You With Love" }))
    expect(d({ letter_case: "title" })).not.toBe(d({}))
    const outlined = plan({ ...curved, outline: { width_mm: 0.5, color: "#ffffff" } })
    expect(outlined.steps.map(({ op }) => op)).toEqual(["line", "path"])
  })
})

describe("a print's plan", () => {
  const print = { target: "print" } as const

  it("has the print area and its bleed at the template's DPI, and the zones alone", () => {
    const plan = buildPlan(input(print))
    expect(plan).toMatchObject({ width: 614, height: 614, dpi: 150 })
    expect(plan.steps.map(({ name }) => name)).toEqual(["zone:badge", "zone:photo", "zone:name"])
    expect(plan.images.map(({ id }) => id)).toEqual(["zone:photo"])
  })

  it("has the very outlines of the preview", () => {
    const outline = (target: "preview" | "print") => {
      const step = buildPlan(input({ target })).steps.find(({ name }) => name === "zone:name")
      return step?.op === "path" ? step.d : undefined
    }
    expect(outline("print")).toBe(outline("preview"))
  })

  it("never has placeholders", () => {
    const plan = buildPlan(input({ ...print, selection: {} }))
    expect(plan.steps.map(({ name }) => name)).toEqual(["zone:badge"])
  })

  it("is refused when it would be too large to make", () => {
    const huge = structuredClone(INPUT)
    const area = huge.placements[0]?.print_area
    Object.assign(area ?? {}, { width_mm: 3000, height_mm: 3000, dpi: 300 })
    const run = () => buildPlan(input({ ...print, definition: definitionSchema.parse(huge) }))
    expect(run).toThrow(expect.objectContaining({ code: "print_too_large" }))
  })
})

describe("what is missing", () => {
  it.each<[string, Partial<PlanInput>]>([
    ["placement_unknown", { placement: "sleeve" }],
    ["asset_missing", { assets: {} }],
    ["upload_missing", { uploads: {} }],
    ["font_unknown", { selection: { name: { kind: "text", value: { text: "A", font: "x" } } } }],
  ])("is an error: %s", (code, change) => {
    expect(() => buildPlan(input(change))).toThrow(RenderError)
    expect(() => buildPlan(input(change))).toThrow(expect.objectContaining({ code }))
  })

  it("can be told before: the sources a design needs", () => {
    expect(requiredSources(input())).toEqual({
      fonts: ["inter"],
      assets: ["shirt"],
      uploads: ["up_1"],
    })
    expect(requiredSources(input({ target: "print", selection: {} }))).toEqual({
      fonts: [],
      assets: [],
      uploads: [],
    })
  })
})
