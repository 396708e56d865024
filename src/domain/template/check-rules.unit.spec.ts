// Each rule that goes beyond a definition's form, broken once: its path and its code.
import { answer, changed, type Json } from "./__tests__/changed"
import { FULL_CONTEXT, FULL_DEFINITION } from "./__tests__/documents"
import { checkDefinition } from "./check"

const KINDS = FULL_DEFINITION.zones.map(({ kind }) => kind)

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
      "a frame that touches only the bleed",
      changed("shape", { placement: "back", frame: { x: -3, y: 0, width: 3, height: 5 } }),
      "zones.4.frame outside_print_area",
    ],
    [
      "a picture that ends in the bleed",
      changed("image", { frame: { x: 0, y: -3, width: 103, height: 46 } }),
      "zones.1.frame short_of_bleed",
    ],
    [
      "letters that are higher than their frame",
      changed("static_text", { frame: { x: 5, y: 5, width: 20, height: 2 } }),
      "zones.6.size text_cannot_fit",
    ],
    [
      "a smallest size that does not fit",
      changed("text", {
        arc: undefined,
        frame: { x: 5, y: 5, width: 40, height: 5 },
        size: { min: 30, max: 40, default: 30 },
      }),
      "zones.0.size.min text_cannot_fit",
    ],
    [
      "a pattern that no text is long enough for",
      changed("text", { default: undefined, pattern: "(ab|c{9})d{10,}" }),
      "zones.0.pattern pattern_too_long",
    ],
    [
      "words out of the safe area",
      changed("static_text", { placement: "back", frame: { x: 1, y: 5, width: 20, height: 5 } }),
      "zones.6.frame outside_safe_area",
    ],
    [
      "a print area of other proportions on the canvas",
      withArea(0, { on_canvas: { ...BOX, height: 400 } }),
      "placements.0.print_area.on_canvas print_area_stretched",
    ],
    [
      "a corner outside of the canvas",
      withArea(1, { on_canvas_quad: { ...QUAD, top_left: { x: -5, y: -5 } } }),
      "placements.1.print_area.on_canvas_quad print_area_outside_canvas",
    ],
    [
      "a print area outside",
      withArea(0, { on_canvas: { ...BOX, rotation: 45 } }),
      "placements.0.print_area.on_canvas print_area_outside_canvas",
    ],
  ])("only warns of %s", (_, document, expected) => {
    expect(answer(document)).toEqual({ success: true, told: [expected] })
  })

  it("takes colours in any case and texts in any composition in conditions", () => {
    const show_if = {
      any: [
        { zone: "tint", is: "#FF0000" },
        { zone: "name", is: "Jose\u0301" },
      ],
    }
    const result = checkDefinition(changed("shape", { show_if }), FULL_CONTEXT)
    expect(result).toMatchObject({
      success: true,
      value: { zones: { 4: { show_if: { any: [{}, { is: "Jos\u00e9" }] } } } },
    })
  })

  it("tells a circle at the condition that is in it", () => {
    const harmless = { zone: "photo", filled: true }
    const zones = [
      {
        ...FULL_DEFINITION.zones[0],
        show_if: harmless,
        require_if: { zone: "tint", filled: true },
      },
      FULL_DEFINITION.zones[1],
      { ...FULL_DEFINITION.zones[2], show_if: { zone: "name", filled: true } },
      ...FULL_DEFINITION.zones.slice(3),
    ]
    expect(answer({ ...FULL_DEFINITION, zones }).told).toEqual([
      "zones.0.require_if condition_cycle",
      "zones.2.show_if condition_cycle",
    ])
  })

  it("looks for no more faults of zones than it tells", () => {
    const appearance = Array.from({ length: 14 }, (_, index) => ({
      value: `v${index}`,
      images: Object.fromEntries(Array.from({ length: 190 }, (_, key) => [`k${key}`, "shirt"])),
    }))
    const zones = Array.from({ length: 6 }, (_, index) => ({
      kind: "option",
      key: `z${index}`,
      label: "Z",
      option_set: "size",
      appearance,
    }))
    const { told } = answer({ ...FULL_DEFINITION, zones })
    expect(told).toHaveLength(201)
    expect(told[199]).toMatch(/^zones\.0\./)
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

  it("warns of options that a condition names and the set does not have", () => {
    const show_if = {
      any: [
        { zone: "size", in: ["m", "xs"] },
        { zone: "size", is_not: "xl" },
      ],
    }
    expect(told(changed("shape", { show_if }), { size: ["m"] })).toEqual([
      "warning zones.4.show_if.any.0 unknown_option",
      "warning zones.4.show_if.any.1 unknown_option",
    ])
  })

  it("warns of a choice of the variant that can be hidden, and of currencies without a price", () => {
    const result = checkDefinition(
      changed("image", { price: { flat: { usd: 1 }, per_image: { jpy: 0 } } }),
      {
        ...FULL_CONTEXT,
        option_sets: new Map([["size", new Set(["m"])]]),
        bound_sets: new Set(["size"]),
        currencies: ["eur", "usd"],
      }
    )
    const warnings = result.success ? result.warnings : []
    expect(warnings.map(({ path, code, params }) => [path.join("."), code, params])).toEqual([
      ["zones.0.price.flat", "no_price_in_currency", { currencies: ["eur"] }],
      ["zones.0.price.per_character.amounts", "no_price_in_currency", { currencies: ["usd"] }],
      ["zones.1.price.flat", "no_price_in_currency", { currencies: ["eur"] }],
      ["zones.3.show_if", "bound_set_hidden", { option_set: "size" }],
    ])
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
