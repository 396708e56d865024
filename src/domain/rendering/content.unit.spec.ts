import { createHash } from "node:crypto"
import type { Selection } from "../selection/selection"
import { type DefinitionInput, definitionSchema } from "../template/definition"
import { type DesignView, requiredSources, selectContent } from "./content"
import { planHash } from "./hash"

type ZoneInput = DefinitionInput["zones"][number]

const frame = { x: 0, y: 0, width: 50, height: 50 }
const placed = { placement: "front", frame }
const colors = [
  { name: "Red", value: "#ff0000" },
  { name: "Blue", value: "#0000ff" },
]
const TEXT: Extract<ZoneInput, { kind: "text" }> = {
  kind: "text",
  key: "name",
  label: "Name",
  ...placed,
  max_length: 20,
  fonts: ["inter"],
  size: { min: 10, max: 40, default: 30 },
  colors,
}
const IMAGE: ZoneInput = {
  kind: "image",
  key: "photo",
  label: "Photo",
  ...placed,
  accept: ["image/png"],
  max_bytes: 1_000_000,
}
const SHAPE: ZoneInput = {
  kind: "shape",
  key: "badge",
  ...placed,
  figure: { shape: "rectangle" },
  fill: "#111111",
}
const PICTURE: ZoneInput = { kind: "static_image", key: "frame", ...placed, asset: "plain" }
const BASE: ZoneInput = {
  kind: "color",
  key: "colour",
  label: "Colour",
  colors,
  paints: { target: "base" },
}
const FILL: ZoneInput = {
  kind: "color",
  key: "fill",
  label: "Fill",
  colors,
  paints: { target: "shape", zone: "badge" },
}
const OPTION: ZoneInput = {
  kind: "option",
  key: "wood",
  label: "Wood",
  option_set: "woods",
  appearance: [
    {
      value: "oak",
      base_color: "#aa8855",
      backgrounds: { front: "oak-photo" },
      images: { frame: "oak-frame" },
      fills: { badge: "#bb9966" },
    },
    { value: "none" },
  ],
}
const OAK: Selection = { wood: { kind: "option", value: "oak" } }

function view(zones: ZoneInput[], selection: Selection = {}, change: Partial<DesignView> = {}) {
  const placement = {
    key: "front",
    label: "Front",
    canvas: { width: 400, height: 400 },
    background: { asset: "photo" },
    print_area: {
      width_mm: 100,
      height_mm: 100,
      dpi: 100,
      on_canvas: { x: 100, y: 100, width: 200, height: 200 },
    },
  }
  const definition = definitionSchema.parse({ schema: 1, placements: [placement], zones })
  return {
    definition,
    selection,
    placement: "front",
    target: "preview",
    placeholders: true,
    ...change,
  } satisfies DesignView
}

/** The one zone of a kind in the content. */
function zoneOf(content: ReturnType<typeof selectContent>, key: string) {
  return content.zones.find((zone) => zone.key === key)
}

describe("what is shown", () => {
  const conditional: ZoneInput[] = [
    { ...TEXT, default: "Ada" },
    { ...SHAPE, show_if: { zone: "name", filled: true } },
    { ...IMAGE, show_if: { zone: "name", is: "photo" } },
    {
      kind: "static_text",
      key: "words",
      ...placed,
      text: "hello",
      font: "cairo",
      size: 20,
      color: "#222222",
      show_if: { zone: "photo", filled: true },
    },
  ]
  const keys = (target: DesignView["target"], selection: Selection) =>
    selectContent(view(conditional, selection, { target })).zones.map(({ key }) => key)

  it("follows the conditions, in previews and prints alike, with values of hidden zones left aside", () => {
    const photo = {
      kind: "image",
      value: { upload_id: "up_1", zoom: 1, x: 0, y: 0, rotation: 0 },
    } as const
    expect(keys("print", {})).toEqual(["name", "badge"])
    expect(keys("print", { photo })).toEqual(["name", "badge"])
    expect(keys("preview", { photo })).toEqual(["name", "badge"])
    const name = { kind: "text", value: { text: "photo" } } as const
    expect(keys("print", { name })).toEqual(["name", "badge"])
    expect(keys("preview", { name })).toEqual(["name", "badge", "photo"])
    expect(keys("print", { name, photo })).toEqual(["name", "badge", "photo", "words"])
    expect(keys("print", { name: { kind: "text", value: { text: "" } } })).toEqual([])
  })

  it("has the defaults of what was left open, printed too", () => {
    const zones: ZoneInput[] = [
      { ...TEXT, default: "Ada" },
      { ...IMAGE, default: { asset: "stock" } },
    ]
    for (const target of ["preview", "print"] as const) {
      const content = selectContent(view(zones, {}, { target }))
      expect(zoneOf(content, "name")).toMatchObject({ text: "Ada", placeholder: false })
      expect(zoneOf(content, "photo")).toMatchObject({
        picture: { asset: "stock" },
        view: { zoom: 1, x: 0, y: 0, rotation: 0 },
      })
    }
    const cleared = view(
      zones,
      { name: { kind: "text", value: { text: "" } } },
      { target: "print" }
    )
    expect(zoneOf(selectContent(cleared), "name")).toBeUndefined()
  })
})

describe("an option's appearance", () => {
  it("changes photo, colour, pictures and fills, and others do not", () => {
    const zones = [SHAPE, PICTURE, OPTION]
    const oak = selectContent(view(zones, OAK))
    expect(oak.base).toMatchObject({ asset: "oak-photo", tint: "#aa8855" })
    expect(zoneOf(oak, "badge")).toMatchObject({ fill: "#bb9966" })
    expect(zoneOf(oak, "frame")).toMatchObject({ asset: "oak-frame" })
    for (const value of ["none", "unheard-of"]) {
      const plain = selectContent(view(zones, { wood: { kind: "option", value } }))
      expect(plain).toEqual(selectContent(view(zones)))
      expect(plain.base).toMatchObject({ asset: "photo", tint: null })
    }
  })

  it("has its say in drawing order, together with colours: the later one wins", () => {
    const chosen: Selection = {
      ...OAK,
      colour: { kind: "color", value: "#ff0000" },
      fill: { kind: "color", value: "#0000ff" },
    }
    const colorsLast = selectContent(view([SHAPE, OPTION, BASE, FILL], chosen))
    expect(colorsLast.base?.tint).toBe("#ff0000")
    expect(zoneOf(colorsLast, "badge")).toMatchObject({ fill: "#0000ff" })
    const optionLast = selectContent(view([SHAPE, BASE, FILL, OPTION], chosen))
    expect(optionLast.base?.tint).toBe("#aa8855")
    expect(zoneOf(optionLast, "badge")).toMatchObject({ fill: "#bb9966" })
    // One that says nothing leaves the last word to the one before.
    const silent = { ...chosen, wood: { kind: "option", value: "none" } } as const
    expect(selectContent(view([SHAPE, BASE, FILL, OPTION], silent)).base?.tint).toBe("#ff0000")
  })

  it("of a default counts only while its set has it", () => {
    const zones = [SHAPE, { ...OPTION, default: "oak" }]
    const asset = (change: Partial<DesignView>) =>
      selectContent(view(zones, {}, change)).base?.asset
    expect(asset({})).toBe("oak-photo")
    expect(asset({ option_values: { woods: ["oak", "none"] } })).toBe("oak-photo")
    expect(asset({ option_values: { woods: ["none"] } })).toBe("photo")
    expect(asset({ option_values: {} })).toBe("photo")
  })

  it("is nothing while its zone is hidden", () => {
    const zones = [TEXT, { ...OPTION, show_if: { zone: "name", filled: true } }]
    expect(selectContent(view(zones, OAK)).base?.asset).toBe("photo")
  })
})

describe("the sources of a design", () => {
  it("are those that are drawn, no more", () => {
    const zones: ZoneInput[] = [
      { ...TEXT, default: "Ada" },
      { ...IMAGE, default: { asset: "stock" } },
      PICTURE,
      OPTION,
      {
        kind: "static_text",
        key: "words",
        ...placed,
        text: "hello",
        font: "cairo",
        size: 20,
        color: "#222222",
      },
    ]
    expect(requiredSources(view(zones, OAK))).toEqual({
      fonts: ["inter", "cairo"],
      assets: ["oak-photo", "stock", "oak-frame"],
      uploads: [],
    })
    expect(requiredSources(view(zones, {}, { target: "print" }))).toEqual({
      fonts: ["inter", "cairo"],
      assets: ["stock", "plain"],
      uploads: [],
    })
    const bare = view([SHAPE])
    delete bare.definition.placements[0]?.background.asset
    expect(requiredSources(bare).assets).toEqual([])
  })
})

describe("the hash", () => {
  const info = (letter: string) => ({ sha256: letter.repeat(64), width: 100, height: 100 })
  const assets = {
    photo: info("a"),
    plain: info("b"),
    stock: info("c"),
    "oak-photo": info("d"),
    "oak-frame": info("e"),
  }
  const hash = (design: DesignView) =>
    planHash({
      ...design,
      assets,
      uploads: { up_1: info("c") },
      fonts: { inter: "1".repeat(64), cairo: "2".repeat(64) },
      sha256: (text) => createHash("sha256").update(text).digest("hex"),
    })
  const words = (change: Partial<Extract<ZoneInput, { kind: "text" }>>): ZoneInput => ({
    ...TEXT,
    default: "Ada",
    ...change,
  })

  it("differs for whatever the language can say about the picture", () => {
    const quad = view([words({})])
    const corner = (x: number, y: number) => ({ x, y })
    Object.assign(quad.definition.placements[0]?.print_area ?? {}, {
      on_canvas: undefined,
      on_canvas_quad: {
        top_left: corner(0, 0),
        top_right: corner(200, 10),
        bottom_right: corner(200, 200),
        bottom_left: corner(0, 200),
      },
    })
    const bent = structuredClone(quad)
    Object.assign(bent.definition.placements[0]?.print_area.on_canvas_quad ?? {}, {
      top_right: corner(200, 20),
    })
    const bare = view([words({})])
    delete bare.definition.placements[0]?.background.asset
    const path = (d: string, width: number): ZoneInput => ({
      ...IMAGE,
      default: { asset: "stock" },
      mask: { shape: "path", d, view_box: { width, height: 10 } },
    })
    const hashes = [
      view([words({})]),
      view([words({ default: "Bob" })]),
      view([words({ letter_case: "title" })]),
      view([words({ arc: { radius_mm: 20 } })]),
      view([words({ arc: { radius_mm: 21 } })]),
      view([words({ arc: { radius_mm: 20, direction: "down" } })]),
      view([words({ outline: { width_mm: 1, color: "#ffffff" } })]),
      view([words({ outline: { width_mm: 2, color: "#ffffff" } })]),
      view([words({ outline: { width_mm: 1, color: "#fffffe" } })]),
      view([words({ show_if: { zone: "wood", filled: true } }), OPTION]),
      view([SHAPE, PICTURE, OPTION]),
      view([SHAPE, PICTURE, OPTION], OAK),
      view([path("M0 0L10 0L10 10Z", 10)]),
      view([path("M0 0L10 0L10 10Z", 20)]),
      view([path("M0 0L10 0L0 10Z", 10)]),
      quad,
      bent,
      bare,
    ].map(hash)
    expect(new Set(hashes).size).toBe(hashes.length)
  })

  it("is the same for what comes out the same", () => {
    const typed: Selection = { name: { kind: "text", value: { text: "Ada" } } }
    expect(hash(view([words({})], typed))).toBe(hash(view([words({})])))
    // The value of a hidden zone, an upload with the very file of a default, another colour where there is no photo.
    const hidden = [TEXT, { ...OPTION, show_if: { zone: "name", filled: true } }]
    expect(hash(view(hidden, OAK))).toBe(hash(view(hidden)))
    const upload: Selection = {
      photo: { kind: "image", value: { upload_id: "up_1", zoom: 1, x: 0, y: 0, rotation: 0 } },
    }
    const image: ZoneInput[] = [{ ...IMAGE, default: { asset: "stock" } }]
    expect(hash(view(image, upload))).toBe(hash(view(image)))
    const bare = (selection: Selection) => {
      const design = view([BASE, SHAPE], selection)
      delete design.definition.placements[0]?.background.asset
      return hash(design)
    }
    expect(bare({ colour: { kind: "color", value: "#ff0000" } })).toBe(bare({}))
  })
})
