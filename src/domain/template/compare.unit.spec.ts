// A comparison names what breaks, and misses nothing that the validator would refuse.
import fc from "fast-check"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { missingInputs, validateSelection, type SelectionContext } from "../selection/validate"
import { definitionOf, selectionContext, selections, versions } from "./__tests__/versions"
import { checkDefinition } from "./check"
import { compareDefinitions } from "./compare"
import type { Definition } from "./definition"

const IMAGE_ZONE = {
  kind: "image",
  key: "photo",
  label: "Photo",
  placement: "front",
  frame: { x: 0, y: 0, width: 50, height: 50 },
  accept: ["image/jpeg", "image/png"],
  max_bytes: 5000,
  dpi: { warn: 100, block: 50 },
}
const COLOR_ZONE = {
  kind: "color",
  key: "tint",
  label: "Tint",
  colors: [
    { name: "Red", value: "#ff0000" },
    { name: "Blue", value: "#0000ff" },
  ],
  paints: { target: "base" },
}
const OPTION_ZONE = { kind: "option", key: "size", label: "Size", option_set: "size" }
const SHAPE_ZONE = {
  kind: "shape",
  key: "bar",
  placement: "front",
  frame: { x: 0, y: 0, width: 50, height: 5 },
  figure: { shape: "rectangle" },
  fill: "#000000",
}

type Json = Record<string, unknown>

function definition(zones: Json[], placement: Json = SAMPLE_PLACEMENT): Definition {
  const back = { ...SAMPLE_PLACEMENT, key: "back", label: "Back" }
  const result = checkDefinition(
    { schema: 1, placements: placement.key === "back" ? [placement] : [placement, back], zones },
    { fonts: new Set(["inter", "oswald"]), assets: new Set(["shirt", "logo"]) }
  )
  if (!result.success) {
    throw new Error(JSON.stringify(result.issues))
  }
  return result.value
}

/** What changes when a zone's fields do, as `severity code path`. */
function changed(zone: Json, before: Json, after: Json): string[] {
  const rest = [COLOR_ZONE, OPTION_ZONE].filter(({ key }) => key !== zone.key)
  return compareDefinitions(
    definition([{ ...zone, ...before }, ...rest]),
    definition([{ ...zone, ...after }, ...rest])
  ).map(({ severity, code, path }) => `${severity} ${code} ${path.slice(2).join(".")}`)
}

describe("compareDefinitions", () => {
  it.each<[string, Json, Json, Json, string[]]>([
    ["new words", SAMPLE_TEXT_ZONE, {}, { label: "Your name", help: "Twelve letters." }, []],
    ["wider rules", SAMPLE_TEXT_ZONE, { min_length: 2 }, { max_length: 20, max_lines: 2 }, []],
    [
      "a shorter text",
      SAMPLE_TEXT_ZONE,
      {},
      { max_length: 5 },
      ["breaking text_shortened max_length"],
    ],
    ["fewer lines", SAMPLE_TEXT_ZONE, { max_lines: 2 }, {}, ["breaking lines_reduced max_lines"]],
    ["a minimum", SAMPLE_TEXT_ZONE, {}, { min_length: 2 }, ["breaking minimum_raised min_length"]],
    ["a new duty", SAMPLE_TEXT_ZONE, {}, { required: true }, ["breaking newly_required required"]],
    [
      "a duty less",
      SAMPLE_TEXT_ZONE,
      { required: true },
      {},
      ["notice no_longer_required required"],
    ],
    [
      "conditions",
      SAMPLE_TEXT_ZONE,
      {},
      { show_if: { zone: "size", filled: true }, require_if: { zone: "tint", is: "#ff0000" } },
      ["breaking requirement_changed require_if", "breaking condition_changed show_if"],
    ],
    [
      "a condition less",
      SAMPLE_TEXT_ZONE,
      { require_if: { zone: "tint", is: "#ff0000" } },
      {},
      ["notice requirement_removed require_if"],
    ],
    [
      "no condition",
      SAMPLE_TEXT_ZONE,
      { show_if: { zone: "size", filled: true } },
      {},
      ["breaking condition_changed show_if"],
    ],
    ["a default", SAMPLE_TEXT_ZONE, {}, { default: "Tom" }, ["breaking default_changed default"]],
    [
      "another default",
      SAMPLE_TEXT_ZONE,
      { default: "Al" },
      { default: "Tom" },
      ["breaking default_changed default"],
    ],
    ["no default", SAMPLE_TEXT_ZONE, { default: "Al" }, {}, ["breaking default_changed default"]],
    [
      "characters",
      SAMPLE_TEXT_ZONE,
      { characters: { sets: ["latin", "digits"] } },
      { characters: { sets: ["latin"], extra: "0" } },
      ["breaking characters_narrowed characters"],
    ],
    [
      "more characters",
      SAMPLE_TEXT_ZONE,
      { characters: { sets: ["latin_basic"], extra: "é" } },
      { characters: { sets: ["latin"] } },
      [],
    ],
    [
      "no emoji",
      SAMPLE_TEXT_ZONE,
      { characters: { sets: ["emoji"] } },
      {},
      ["breaking characters_narrowed characters"],
    ],
    ["a pattern", SAMPLE_TEXT_ZONE, {}, { pattern: "\\l+" }, ["breaking pattern_changed pattern"]],
    ["no pattern", SAMPLE_TEXT_ZONE, { pattern: "\\l+" }, {}, []],
    [
      "another font",
      SAMPLE_TEXT_ZONE,
      {},
      { fonts: ["oswald"] },
      ["breaking fonts_removed fonts", "breaking default_font_changed fonts.0"],
    ],
    ["one font more", SAMPLE_TEXT_ZONE, {}, { fonts: ["inter", "oswald"] }, []],
    [
      "sizes",
      SAMPLE_TEXT_ZONE,
      {},
      { size: { min: 12, max: 40, default: 22, auto_fit: false } },
      [
        "breaking sizes_narrowed size",
        "breaking default_size_changed size.default",
        "notice look_changed size.auto_fit",
      ],
    ],
    [
      "colours",
      SAMPLE_TEXT_ZONE,
      {},
      { colors: [{ name: "Red", value: "#ff0000" }] },
      ["breaking colors_removed colors", "breaking default_color_changed colors.0"],
    ],
    [
      "a colour's name",
      COLOR_ZONE,
      {},
      {
        colors: [
          { name: "Rot", value: "#ff0000" },
          { name: "Blue", value: "#0000ff" },
        ],
      },
      [],
    ],
    [
      "look",
      SAMPLE_TEXT_ZONE,
      {},
      {
        frame: { x: 1, y: 0, width: 99, height: 40 },
        rotation: 10,
        letter_case: "upper",
        arc: { radius_mm: 40 },
        outline: { width_mm: 1, color: "#ffffff" },
      },
      ["frame", "rotation", "letter_case", "arc", "outline"].map((f) => `notice look_changed ${f}`),
    ],
    [
      "another side",
      SAMPLE_TEXT_ZONE,
      {},
      { placement: "back" },
      ["breaking zone_moved placement"],
    ],
    [
      "prices",
      SAMPLE_TEXT_ZONE,
      {
        price: {
          flat: { usd: "2.50", eur: 2 },
          per_character: { free: 2, amounts: { usd: 1 } },
        },
      },
      {
        price: {
          flat: { usd: 2.5, gbp: 1 },
          percent_of_base: "5",
          per_character: { free: 3, amounts: { usd: "1.10" } },
        },
      },
      [
        "notice price_changed price.flat.eur",
        "notice price_changed price.flat.gbp",
        "notice price_changed price.per_character.amounts.usd",
        "notice price_changed price.percent_of_base",
        "notice price_changed price.per_character.free",
      ],
    ],
    [
      "files",
      IMAGE_ZONE,
      {},
      { accept: ["image/png"], max_bytes: 2000, min_width: 10, min_height: 20 },
      [
        "breaking types_removed accept",
        "breaking bytes_reduced max_bytes",
        "breaking pixels_raised min_width",
        "breaking pixels_raised min_height",
      ],
    ],
    [
      "resolution",
      IMAGE_ZONE,
      {},
      { dpi: { warn: 120, block: 60 } },
      ["breaking resolution_raised dpi.block", "notice warning_raised dpi.warn"],
    ],
    [
      "a larger frame for the same resolution",
      IMAGE_ZONE,
      {},
      { frame: { x: 0, y: 0, width: 60, height: 50 } },
      ["breaking resolution_raised dpi.block", "notice look_changed frame"],
    ],
    [
      "a smaller frame, another mask",
      IMAGE_ZONE,
      {},
      { frame: { x: 0, y: 0, width: 40, height: 50 }, mask: { shape: "ellipse" } },
      ["notice look_changed frame", "notice look_changed mask"],
    ],
    [
      "covering its frame",
      IMAGE_ZONE,
      { fit: "contain" },
      {},
      ["breaking resolution_raised dpi.block", "notice look_changed fit"],
    ],
    [
      "adjustments",
      IMAGE_ZONE,
      {},
      { adjust: { pan: false, rotate: false, max_zoom: 3 } },
      [
        "breaking adjustment_removed adjust.pan",
        "breaking adjustment_removed adjust.rotate",
        "breaking zoom_reduced adjust.max_zoom",
      ],
    ],
    [
      "other options",
      OPTION_ZONE,
      {},
      { option_set: "cut" },
      ["breaking option_set_changed option_set"],
    ],
    [
      "an option's look",
      OPTION_ZONE,
      {},
      { appearance: [{ value: "m", base_color: "#ff0000" }] },
      ["notice look_changed appearance"],
    ],
  ])("%s", (_, zone, before, after, expected) => {
    expect(changed(zone, before, after)).toEqual(expected)
  })

  function codes(before: Definition, after: Definition) {
    return compareDefinitions(before, after).map(({ code, path }) => `${code} ${path.join(".")}`)
  }

  it("tells zones that are gone, new, of another kind or drawn in another order", () => {
    const before = definition([COLOR_ZONE, SAMPLE_TEXT_ZONE, SHAPE_ZONE, OPTION_ZONE])
    const painted = { ...COLOR_ZONE, key: "name", label: "Name" }
    expect(codes(before, definition([COLOR_ZONE, SHAPE_ZONE, SAMPLE_TEXT_ZONE]))).toEqual([
      "zone_removed zones.3",
      "order_changed zones",
    ])
    expect(codes(before, definition([COLOR_ZONE, painted, OPTION_ZONE]))).toEqual([
      "zone_kind_changed zones.1.kind",
      "zone_removed zones.2",
    ])
    expect(codes(definition([COLOR_ZONE]), before)).toEqual([
      "zone_added zones.1",
      "zone_added zones.3",
      "zone_added zones.2",
    ])
    expect(
      codes(
        definition([COLOR_ZONE]),
        definition([COLOR_ZONE, { ...SAMPLE_TEXT_ZONE, required: true }])
      )
    ).toEqual(["required_zone_added zones.1"])
    expect(
      codes(
        definition([COLOR_ZONE]),
        definition([COLOR_ZONE, { ...OPTION_ZONE, key: "cut", default: "m" }])
      )
    ).toEqual(["option_set_taken zones.1.option_set", "default_added zones.1.default"])
    expect(
      codes(
        before,
        definition([
          { ...COLOR_ZONE, paints: { target: "shape", zone: "bar" } },
          SAMPLE_TEXT_ZONE,
          { ...SHAPE_ZONE, fill: "#ff0000", show_if: { zone: "size", filled: true } },
          OPTION_ZONE,
        ])
      )
    ).toEqual(["look_changed zones.0.paints", "look_changed zones.2", "look_changed zones.2.fill"])
  })

  it("tells sides that are gone, new or printed otherwise", () => {
    const before = definition([COLOR_ZONE])
    const area = {
      ...SAMPLE_PLACEMENT.print_area,
      width_mm: 90,
      dpi: 300,
      bleed_mm: 3,
      safe_margin_mm: 2,
    }
    const after = definition([COLOR_ZONE], {
      ...SAMPLE_PLACEMENT,
      base_color: "#ffffff",
      print_area: area,
    })
    expect(codes(before, after)).toEqual([
      "print_area_resized placements.0.print_area",
      "print_file_changed placements.0.print_area.dpi",
      "print_file_changed placements.0.print_area.bleed_mm",
      "print_file_changed placements.0.print_area.safe_margin_mm",
      "preview_changed placements.0",
    ])
    const back = definition([COLOR_ZONE], { ...SAMPLE_PLACEMENT, key: "back", label: "Back" })
    expect(codes(before, back)).toEqual(["placement_removed placements.0"])
    expect(codes(back, before)).toEqual(["placement_added placements.0"])
  })

  it("speaks of zones by their English names and with their numbers", () => {
    const label = { de: "Vorname", en: "First name" }
    const price = (usd: string) => ({ price: { flat: { usd } } })
    const before = definition([{ ...SAMPLE_TEXT_ZONE, label, ...price("2.50") }])
    const after = definition([{ ...SAMPLE_TEXT_ZONE, label, ...price("3.00"), max_length: 5 }])
    expect(compareDefinitions(before, after)).toEqual([
      {
        path: ["zones", 0, "max_length"],
        code: "text_shortened",
        severity: "breaking",
        message: '"First name" takes at most 5 characters instead of 10: longer texts are refused.',
        params: { zone: "name", before: 10, after: 5 },
      },
      {
        path: ["zones", 0, "price", "flat", "usd"],
        code: "price_changed",
        severity: "notice",
        message: 'For "First name", the surcharge in USD is 3 instead of 2.5.',
        params: { zone: "name", before: "2.5", after: "3", currency_code: "usd" },
      },
    ])
  })

  function holds(context: SelectionContext, input: Record<string, unknown>): boolean {
    const result = validateSelection(context, input)
    return result.success && missingInputs(context, result.value).length === 0
  }

  it("finds no change between a version and itself, and a breaking one wherever a selection stops to hold", () => {
    let broken = 0
    fc.assert(
      fc.property(
        versions,
        fc.array(selections, { minLength: 8, maxLength: 8 }),
        (pair, inputs) => {
          const [before, after] = [definitionOf(pair.before), definitionOf(pair.after)]
          if (!before || !after) {
            return
          }
          expect(compareDefinitions(before, before)).toEqual([])
          const changes = compareDefinitions(before, after)
          const breaks = changes.some(({ severity }) => severity === "breaking")
          for (const input of inputs) {
            if (holds(selectionContext(before), input) && !holds(selectionContext(after), input)) {
              broken++
              expect({ input, breaks }).toEqual({ input, breaks: true })
            }
          }
        }
      ),
      { numRuns: 4000 }
    )
    expect(broken).toBeGreaterThan(100)
  })
})
