import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import type { Selection } from "../selection/selection"
import { type Definition, type DefinitionInput, definitionSchema } from "../template/definition"
import { requiredSources } from "./content"
import { RenderError } from "./errors"
import { planHash, type PlanHashInput } from "./hash"
import { buildPlan, type PlanInput } from "./plan"
import { createShaper, type Shaper } from "./shape"

const INPUT: DefinitionInput = {
  schema: 1,
  placements: [
    {
      key: "front",
      label: "Front",
      canvas: { width: 600, height: 600 },
      background: { asset: "shirt", backdrop: "#ffffff" },
      print_area: {
        width_mm: 100,
        height_mm: 100,
        dpi: 150,
        bleed_mm: 2,
        on_canvas: { x: 200, y: 150, width: 200, height: 200 },
      },
    },
    {
      key: "back",
      label: "Back",
      canvas: { width: 600, height: 600 },
      background: { asset: "shirt" },
      base_color: "#808080",
      print_area: {
        width_mm: 100,
        height_mm: 100,
        dpi: 150,
        on_canvas: { x: 200, y: 150, width: 200, height: 200 },
      },
    },
  ],
  zones: [
    {
      kind: "shape",
      key: "badge",
      placement: "front",
      frame: { x: 0, y: 0, width: 50, height: 50 },
      figure: { shape: "ellipse" },
      fill: "#ffcc00",
    },
    {
      kind: "image",
      key: "photo",
      label: "Photo",
      placement: "front",
      frame: { x: 10, y: 10, width: 80, height: 40 },
      accept: ["image/png"],
      max_bytes: 1_000_000,
      dpi: { warn: 150, block: 50 },
      mask: { shape: "ellipse" },
    },
    {
      kind: "text",
      key: "name",
      label: { en: "Your name", de: "Dein Name" },
      placement: "front",
      frame: { x: 10, y: 60, width: 80, height: 20 },
      max_length: 40,
      fonts: ["inter", "cairo"],
      size: { min: 10, max: 40, default: 30 },
      colors: [{ name: "Black", value: "#000000" }],
    },
    {
      kind: "color",
      key: "colour",
      label: "Colour",
      colors: [{ name: "Red", value: "#ff0000" }],
      paints: { target: "base" },
    },
    {
      kind: "color",
      key: "badge_colour",
      label: "Badge",
      colors: [{ name: "Blue", value: "#0000ff" }],
      paints: { target: "shape", zone: "badge" },
    },
    { kind: "option", key: "size", label: "Size", option_set: "size" },
  ],
}

const FULL: Selection = {
  name: { kind: "text", value: { text: "Ada" } },
  photo: { kind: "image", value: { upload_id: "up_1", zoom: 1, x: 0, y: 0, rotation: 0 } },
}

let definition: Definition
let shaper: Shaper

beforeAll(async () => {
  definition = definitionSchema.parse(INPUT)
  const font = (path: string) => readFileSync(require.resolve(`@expo-google-fonts/${path}`))
  shaper = createShaper(await import("harfbuzzjs"), {
    inter: font("inter/400Regular/Inter_400Regular.ttf"),
    cairo: font("cairo/400Regular/Cairo_400Regular.ttf"),
  })
})

function input(change: Partial<PlanInput> = {}): PlanInput {
  return {
    definition,
    selection: FULL,
    placement: "front",
    target: "preview",
    placeholders: true,
    assets: { shirt: { sha256: "a".repeat(64), width: 1000, height: 1000 } },
    uploads: { up_1: { sha256: "b".repeat(64), width: 800, height: 800 } },
    shaper,
    ...change,
  }
}

function hash(change: Partial<PlanHashInput> = {}): string {
  const { shaper: _, ...rest } = input()
  return planHash({
    ...rest,
    fonts: { inter: "1".repeat(64), cairo: "2".repeat(64) },
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    ...change,
  })
}

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

  it("warns of what will not print well", () => {
    const selection: Selection = {
      name: { kind: "text", value: { text: "漢".repeat(40) } },
      photo: { kind: "image", value: { upload_id: "up_1", zoom: 4, x: 0, y: 0, rotation: 0 } },
    }
    const { warnings } = buildPlan(input({ selection }))
    expect(warnings.map(({ path, code }) => [path[0], code])).toEqual([
      ["photo", "image_low_dpi"],
      ["name", "glyph_missing"],
      ["name", "text_overflow"],
    ])
    expect(warnings[0]?.params).toMatchObject({ dpi: 63, warn: 150 })
    expect(buildPlan(input()).warnings).toEqual([])
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

describe("the plan's hash", () => {
  it("is the same for what looks the same", () => {
    const other = { ...input().uploads.up_1, sha256: "b".repeat(64), width: 800, height: 800 }
    const renamed: Selection = {
      ...FULL,
      photo: { kind: "image", value: { upload_id: "up_2", zoom: 1, x: 0, y: 0, rotation: 0 } },
      size: { kind: "option", value: "xl" },
    }
    expect(hash({ selection: renamed, uploads: { up_2: other } })).toBe(hash())
    expect(hash({ locale: "fr" })).toBe(hash())
    const reordered = JSON.parse(
      JSON.stringify(
        FULL,
        Object.keys({
          rotation: 0,
          y: 0,
          x: 0,
          zoom: 0,
          upload_id: 0,
          value: 0,
          text: 0,
          kind: 0,
          photo: 0,
          name: 0,
        })
      )
    ) as Selection
    expect(hash({ selection: reordered })).toBe(hash())
  })

  it("differs for whatever changes a pixel", () => {
    const moved: Selection = {
      ...FULL,
      photo: { kind: "image", value: { upload_id: "up_1", zoom: 1, x: 0.1, y: 0, rotation: 0 } },
    }
    const taller = structuredClone(definition)
    const zone = taller.zones[2]
    if (zone?.kind === "text") {
      zone.frame.height += 1
    }
    const variants = [
      hash(),
      hash({ target: "print" }),
      hash({ placement: "back" }),
      hash({ selection: {} }),
      hash({ selection: {}, locale: "de" }),
      hash({ selection: {}, placeholders: false }),
      hash({ selection: moved }),
      hash({ selection: { ...FULL, colour: { kind: "color", value: "#ff0000" } } }),
      hash({ definition: taller }),
      hash({ fonts: { inter: "3".repeat(64) } }),
      hash({ uploads: { up_1: { sha256: "c".repeat(64), width: 800, height: 800 } } }),
      hash({ assets: { shirt: { sha256: "c".repeat(64), width: 1000, height: 1000 } } }),
    ]
    expect(new Set(variants).size).toBe(variants.length)
  })

  it("of a print does not depend on the photo that shows the product", () => {
    expect(hash({ target: "print", assets: {} })).toBe(hash({ target: "print" }))
  })
})
