// Each rule that goes beyond a definition's form, broken once: its path and its code.
import { FULL_CONTEXT, FULL_DEFINITION } from "./__tests__/documents"
import { checkDefinition } from "./check"

type Json = Record<string, unknown>
const KINDS = FULL_DEFINITION.zones.map(({ kind }) => kind)

function answer(document: unknown) {
  const result = checkDefinition(document, FULL_CONTEXT)
  const told = result.success ? result.warnings : result.issues
  return {
    success: result.success,
    told: told.map(({ path, code }) => `${path.join(".")} ${code}`),
  }
}

function changed(kind: string, change: Json): unknown {
  const zones = FULL_DEFINITION.zones.map((zone) =>
    zone.kind === kind ? { ...zone, ...change } : zone
  )
  return { ...FULL_DEFINITION, zones }
}

function withArea(index: number, change: Json): unknown {
  const placements = FULL_DEFINITION.placements.map((placement, at) =>
    at === index ? { ...placement, print_area: { ...placement.print_area, ...change } } : placement
  )
  return { ...FULL_DEFINITION, placements }
}

const QUAD = {
  top_left: { x: 0, y: 0 },
  top_right: { x: 9, y: 0 },
  bottom_right: { x: 9, y: 9 },
  bottom_left: { x: 0, y: 9 },
}
const BOX = { x: 0, y: 0, width: 800, height: 800 }

describe("checkDefinition", () => {
  it("has nothing to say about a definition with something of everything", () => {
    expect(answer(FULL_DEFINITION)).toEqual({ success: true, told: [] })
    expect(KINDS).toHaveLength(7)
  })

  it.each<[string, Json, string]>([
    ["text", { placement: "inside" }, "0.placement unknown_placement"],
    ["text", { fonts: ["wingdings"] }, "0.fonts.0 unknown_font"],
    ["text", { fonts: ["inter", "inter"] }, "0.fonts.1 duplicate_font"],
    ["text", { size: { min: 9, max: 8, default: 9 } }, "0.size size_order"],
    ["text", { min_length: 11 }, "0.min_length length_order"],
    ["text", { max_lines: 2 }, "0.arc arc_single_line"],
    ["text", { pattern: "[z-a]" }, "0.pattern invalid_pattern"],
    ["text", { characters: {} }, "0.characters no_characters"],
    ["text", { default: "AB\t12" }, "0.default refused_character"],
    ["text", { default: "AB\u202e12" }, "0.default refused_character"],
    ["text", { default: "AB-123" }, "0.default default_refused"],
    ["text", { price: { flat: { jpy: "1.5" } } }, "0.price.flat.jpy too_precise"],
    [
      "text",
      {
        colors: [
          { name: "A", value: "#ffffff" },
          { name: "B", value: "#FFFFFF" },
        ],
      },
      "0.colors.1.value duplicate_color",
    ],
    [
      "text",
      { require_if: { zone: "none", filled: true } },
      "0.require_if.zone unknown_input_zone",
    ],
    ["text", { require_if: { zone: "bar", filled: true } }, "0.require_if.zone unknown_input_zone"],
    ["text", { require_if: { zone: "tint", is: "#00ff00" } }, "0.require_if not_in_palette"],
    [
      "text",
      { require_if: { any: [{ zone: "photo", is: "x" }] } },
      "0.require_if.any.0 image_not_comparable",
    ],
    ["text", { show_if: { zone: "name", filled: true } }, "0.show_if condition_cycle"],
    [
      "text",
      {
        show_if: {
          all: new Array(32).fill({
            any: [
              { zone: "tint", filled: true },
              { zone: "size", is: "m" },
            ],
          }),
        },
      },
      "0.show_if condition_too_large",
    ],
    ["image", { dpi: { warn: 50, block: 100 } }, "1.dpi dpi_order"],
    ["image", { accept: ["image/png", "image/png"] }, "1.accept.1 duplicate_type"],
    ["image", { default: { asset: "gone" } }, "1.default.asset unknown_asset"],
    [
      "image",
      { mask: { shape: "path", d: "M0 0L", view_box: { width: 1, height: 1 } } },
      "1.mask.d invalid_path",
    ],
    ["color", { default: "#123456" }, "2.default not_in_palette"],
    ["color", { paints: { target: "shape", zone: "logo" } }, "2.paints.zone unknown_shape_zone"],
    [
      "option",
      { appearance: [{ value: "m" }, { value: "m" }] },
      "3.appearance.1.value duplicate_option",
    ],
    [
      "option",
      { appearance: [{ value: "m", swatch: { asset: "gone" } }] },
      "3.appearance.0.swatch.asset unknown_asset",
    ],
    [
      "option",
      { appearance: [{ value: "m", backgrounds: { top: "shirt" } }] },
      "3.appearance.0.backgrounds.top unknown_placement",
    ],
    [
      "option",
      { appearance: [{ value: "m", images: { bar: "shirt" } }] },
      "3.appearance.0.images.bar unknown_static_image_zone",
    ],
    [
      "option",
      { appearance: [{ value: "m", fills: { logo: "#000000" } }] },
      "3.appearance.0.fills.logo unknown_shape_zone",
    ],
    ["shape", { key: "logo" }, "5.key duplicate_key"],
    ["static_image", { asset: "gone" }, "5.asset unknown_asset"],
    ["static_text", { font: "gone" }, "6.font unknown_font"],
    ["static_text", { text: "a\nb", arc: { radius_mm: 9 } }, "6.arc arc_single_line"],
    ["static_text", { text: "a\u0000b" }, "6.text refused_character"],
  ])("%s with %j", (kind, change, expected) => {
    const { success, told } = answer(changed(kind, change))
    expect(success).toBe(false)
    expect(told).toContain(`zones.${expected}`)
  })

  it.each<[number, Json, string]>([
    [0, { on_canvas_quad: QUAD }, "0.print_area.on_canvas on_canvas_ambiguous"],
    [1, { on_canvas_quad: undefined }, "1.print_area.on_canvas on_canvas_ambiguous"],
    [0, { safe_margin_mm: 50 }, "0.print_area.safe_margin_mm no_safe_area"],
    [0, { width_mm: 3000, height_mm: 3000, dpi: 1200 }, "0.print_area.dpi print_too_large"],
    [
      1,
      {
        on_canvas_quad: {
          top_left: { x: 0, y: 0 },
          top_right: { x: 0, y: 9 },
          bottom_right: { x: 9, y: 9 },
          bottom_left: { x: 9, y: 0 },
        },
      },
      "1.print_area.on_canvas_quad quad_not_convex",
    ],
  ])("placement %i with %j", (index, change, expected) => {
    const { success, told } = answer(withArea(index, change))
    expect(success).toBe(false)
    expect(told).toContain(`placements.${expected}`)
  })

  it.each<[string, unknown, string]>([
    [
      "a frame outside",
      changed("shape", { frame: { x: 90, y: 0, width: 20, height: 5 } }),
      "zones.4.frame outside_print_area",
    ],
    [
      "a currency that nobody knows",
      changed("image", { price: { per_image: { qqq: 1 } } }),
      "zones.1.price.per_image.qqq unknown_currency",
    ],
    [
      "a print area outside",
      withArea(0, { on_canvas: { ...BOX, rotation: 45 } }),
      "placements.0.print_area.on_canvas print_area_outside_canvas",
    ],
  ])("only warns of %s", (_, document, expected) => {
    expect(answer(document)).toEqual({ success: true, told: [expected] })
  })

  it("names every rule that a default breaks", () => {
    const rules = (change: Json) => {
      const result = checkDefinition(changed("text", { arc: undefined, ...change }), FULL_CONTEXT)
      return result.success ? [] : result.issues.map(({ params }) => params?.rule)
    }
    expect(rules({ default: "Ω+\nΩ+Ω+Ω+Ω+Ω+" })).toEqual([
      "max_length",
      "max_lines",
      "characters",
      "pattern",
    ])
    expect(rules({ default: "A-12", min_length: 5 })).toEqual(["min_length"])
    expect(rules({ default: "👍", characters: undefined, pattern: undefined })).toEqual([
      "characters",
    ])
    expect(
      rules({ default: "a\nb", pattern: undefined, max_lines: 2, characters: { sets: ["latin"] } })
    ).toEqual([])
  })

  it("checks no more default text than its limit", () => {
    const [text] = FULL_DEFINITION.zones
    const zones = Array.from({ length: 60 }, (_, index) => ({
      ...text,
      require_if: undefined,
      pattern: undefined,
      characters: undefined,
      key: `z${index}`,
      max_length: 500,
      default: "ä".repeat(400),
    }))
    expect(answer({ ...FULL_DEFINITION, zones }).told).toContain(
      "zones.10.default defaults_too_large"
    )
  })

  it("names two hundred faults and says that there are more", () => {
    const zones = Array.from({ length: 60 }, () => ({ kind: "text" }))
    const { told } = answer({ ...FULL_DEFINITION, zones })
    expect(told).toHaveLength(201)
    expect(told.at(-1)).toBe(" too_many_issues")
  })
})

describe("checkDefinition, with the product's option sets", () => {
  const told = (document: unknown, sets: Record<string, string[]>) => {
    const option_sets = new Map(Object.entries(sets).map(([key, values]) => [key, new Set(values)]))
    const result = checkDefinition(document, { ...FULL_CONTEXT, option_sets })
    return (result.success ? result.warnings : result.issues).map(
      ({ path, code }) => `${result.success ? "warning" : "fault"} ${path.join(".")} ${code}`
    )
  }
  const appearance = [{ value: "m" }, { value: "xxl" }]

  it("warns of an option set that is not there, and of nothing in it", () => {
    const document = changed("option", { option_set: "sise", default: "m", appearance })
    expect(told(document, { sizes: ["m"] })).toEqual([
      "warning zones.3.option_set unknown_option_set",
    ])
    expect(answer(document)).toEqual({ success: true, told: [] })
  })

  it("warns of options that the set does not have", () => {
    const document = changed("option", { option_set: "size", default: "M", appearance })
    expect(told(document, { size: ["m"] })).toEqual([
      "warning zones.3.default unknown_option",
      "warning zones.3.appearance.1.value unknown_option",
    ])
    expect(told(document, { size: ["M", "m", "xxl"] })).toEqual([])
  })

  it("refuses a zone with the key of a set that it does not take", () => {
    const keyed = (kind: string, change: Json) => changed(kind, { key: "gift", ...change })
    const sets = { gift: ["yes"], size: ["m", "xxl"] }
    for (const kind of ["image", "static_text"]) {
      expect(told(keyed(kind, {}), sets)).toContainEqual(
        `fault zones.${KINDS.indexOf(kind)}.key key_taken_by_option_set`
      )
    }
    const option = (option_set: string) =>
      told(keyed("option", { option_set, default: undefined, appearance: undefined }), sets)
    expect(option("size")).toContain("fault zones.3.key key_taken_by_option_set")
    expect(option("gift").filter((line) => line.includes("key_taken"))).toEqual([])
  })
})

describe("checkDefinition, of a document with faults in its form", () => {
  const [text, ...others] = FULL_DEFINITION.zones
  const [front, back] = FULL_DEFINITION.placements
  const document = (zones: unknown[], placements: unknown = FULL_DEFINITION.placements) => ({
    ...FULL_DEFINITION,
    placements,
    zones,
  })

  it("reports what is wrong with the zones and placements that are right in themselves", () => {
    const faulty = { ...text, key: "other", max_length: 0 }
    const odd = { ...text, fonts: ["wingdings"], default: "AB-123" }
    const canvas = { ...front, background: { asset: "gone" } }
    expect(answer(document([odd, ...others, faulty], [canvas, { ...back, label: 1 }]))).toEqual({
      success: false,
      told: [
        "placements.1.label invalid_type",
        "zones.7.max_length too_small",
        "placements.0.background.asset unknown_asset",
        "zones.0.fonts.0 unknown_font",
        "zones.0.default default_refused",
      ],
    })
  })

  it("reports a doubled key whichever of its zones is faulty", () => {
    const zones = [{ ...text, max_length: 0 }, ...others, text]
    expect(answer(document(zones)).told).toEqual([
      "zones.0.max_length too_small",
      "zones.7.key duplicate_key",
    ])
  })

  it("calls nothing unknown that is there with faults of its own", () => {
    const broken = (parts: readonly object[]) => parts.map((part) => ({ ...part, extra: 1 }))
    const paths = (list: string, parts: readonly object[]) =>
      parts.map((_, index) => `${list}.${index}.extra unknown_field`)
    const { placements, zones } = FULL_DEFINITION
    expect(answer(document([...zones], broken(placements))).told).toEqual(
      paths("placements", placements)
    )
    for (const index of zones.keys()) {
      const others = zones.map((zone, at) => (at === index ? { ...zone, extra: 1 } : zone))
      expect(answer(document(others)).told).toEqual([`zones.${index}.extra unknown_field`])
    }
  })

  it("calls nothing unknown where keys or the whole list are missing", () => {
    const { key, ...nameless } = front ?? {}
    expect(key).toBe("front")
    expect(answer(document([text], [nameless, back])).told).not.toContain(
      "zones.0.placement unknown_placement"
    )
    expect(answer(document([text, ...others], null)).told).toEqual(["placements invalid_type"])
  })
})
