// What visitors may and may not put into a design.
import fc from "fast-check"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { definitionSchema } from "../template/definition"
import {
  missingInputs,
  toOptions,
  validateSelection,
  type OptionSetChoices,
  type SelectionContext,
} from "./validate"
import type { Selection } from "./selection"

const { frame } = SAMPLE_TEXT_ZONE
const definition = definitionSchema.parse({
  schema: 1,
  placements: [SAMPLE_PLACEMENT],
  zones: [
    {
      ...SAMPLE_TEXT_ZONE,
      required: true,
      min_length: 2,
      max_length: 5,
      max_lines: 2,
      fonts: ["inter", "pacifico"],
      characters: { sets: ["latin", "arabic", "digits", "emoji"] },
    },
    { ...SAMPLE_TEXT_ZONE, key: "plate", pattern: "[A-Z]{1,3}-\\d{1,4}", default: "AB-1" },
    { ...SAMPLE_TEXT_ZONE, key: "motto", max_length: 40 },
    {
      kind: "image",
      key: "photo",
      label: "Photo",
      placement: "front",
      frame,
      accept: ["image/png"],
      max_bytes: 10_000,
      min_width: 50,
      min_height: 50,
    },
    {
      // 50 mm across: 300 pixels print with 152.4 dpi, and with 76.2 at zoom 2.
      kind: "image",
      key: "badge",
      label: "Badge",
      placement: "front",
      frame: { ...frame, width: 50, height: 50 },
      accept: ["image/png"],
      max_bytes: 10_000,
      dpi: { warn: 150, block: 100 },
      adjust: { pan: false, rotate: false, max_zoom: 3 },
    },
    {
      kind: "color",
      key: "tint",
      label: "Colour",
      colors: [{ name: "Red", value: "#ff0000" }],
      paints: { target: "base" },
    },
    { kind: "option", key: "fit", label: "Fit", option_set: "fits" },
  ],
})
const png = { zone: "photo", mime_type: "image/png", bytes: 9_000, width: 60, height: 60 }
const context: SelectionContext = {
  definition,
  option_sets: [
    { key: "fits", required: true, values: ["slim", "loose"] },
    { key: "gift", required: false, values: ["yes"] },
  ],
  uploads: {
    good: png,
    fine: { ...png, width: 300, height: 300 },
    small: { ...png, width: 40 },
    jpeg: { ...png, mime_type: "image/jpeg" },
  },
  fonts: {
    missing_glyphs: (font, text) => (font === "pacifico" && text.includes("ع") ? ["ع"] : []),
    text_fit: ({ size }, { text }) => ({ size: size.min, overflow: text === "MWMWM" }),
  },
}

function codes(input: Record<string, unknown>) {
  const result = validateSelection(context, input)
  return result.success ? [] : result.issues.map(({ path, code }) => `${path.join(".")} ${code}`)
}

describe("validateSelection", () => {
  it("takes what the template allows and gives it its types", () => {
    const result = validateSelection(context, {
      name: { text: "Ada", font: "pacifico", size: 12, color: "#000000" },
      photo: { upload_id: "good", zoom: 2 },
      tint: "#FF0000",
      fit: "slim",
      gift: "yes",
    })
    expect(result.success && toOptions(result.value)).toEqual({
      name: { text: "Ada", font: "pacifico", size: 12, color: "#000000" },
      photo: { upload_id: "good", zoom: 2, x: 0, y: 0, rotation: 0 },
      tint: "#ff0000",
      fit: "slim",
      gift: "yes",
    })
  })

  it.each([
    [{ name: "abcdef" }, "options.name text_too_long"],
    [{ name: `ab${"\u0301".repeat(200)}` }, "options.name text_too_long"],
    [{ name: `ab${"\u0301".repeat(5)}` }, "options.name too_many_marks"],
    [{ name: "MWMWM" }, "options.name text_overflow"],
    [{ name: "a" }, "options.name text_too_short"],
    [{ name: "a\nb\nc" }, "options.name too_many_lines"],
    [{ name: "a\u0000b" }, "options.name refused_character"],
    [{ name: "ab\u202e" }, "options.name refused_character"],
    [{ name: "ab\ud800" }, "options.name refused_character"],
    [{ name: 7 }, "options.name invalid_text"],
    [{ name: { text: "ab", font: "comic" } }, "options.name.font font_not_allowed"],
    [{ name: { text: "ab", size: 41 } }, "options.name.size size_out_of_range"],
    [{ name: { text: "ab", size: NaN } }, "options.name.size size_out_of_range"],
    [{ name: { text: "ab", color: "#111111" } }, "options.name.color color_not_in_palette"],
    [{ name: { text: "ab", bold: true } }, "options.name.bold unknown_field"],
    [{ name: { text: "عع", font: "pacifico" } }, "options.name glyph_missing"],
    [{ tint: "red" }, "options.tint color_not_in_palette"],
    [{ fit: "huge" }, "options.fit unknown_option"],
    [{ photo: { upload_id: "other" } }, "options.photo.upload_id unknown_upload"],
    [{ photo: { upload_id: "__proto__" } }, "options.photo.upload_id unknown_upload"],
    [{ photo: { upload_id: "small" } }, "options.photo image_too_small"],
    [{ photo: { upload_id: "jpeg" } }, "options.photo unsupported_image_type"],
    [{ photo: { upload_id: "good", zoom: 11 } }, "options.photo.zoom out_of_range"],
    [{ photo: { upload_id: "good", rotation: "90" } }, "options.photo.rotation out_of_range"],
    [{ badge: { upload_id: "fine", x: 0.1 } }, "options.badge.x adjustment_not_allowed"],
    [{ badge: { upload_id: "fine", y: -0.1 } }, "options.badge.y adjustment_not_allowed"],
    [
      { badge: { upload_id: "fine", rotation: 90 } },
      "options.badge.rotation adjustment_not_allowed",
    ],
    [{ badge: { upload_id: "fine", zoom: 3.1 } }, "options.badge.zoom out_of_range"],
    [{ badge: { upload_id: "fine", zoom: 2 } }, "options.badge resolution_too_low"],
    [{ badge: { asset: "logo" } }, "options.badge invalid_image"],
    [{ name: "Ab!" }, "options.name character_not_allowed"],
    [{ motto: "Hi 🎉" }, "options.motto character_not_allowed"],
    [{ plate: "abc" }, "options.plate pattern_mismatch"],
    [{ plate: "AB-12 " }, "options.plate pattern_mismatch"],
    [{ fits: "slim" }, "options.fits unknown_zone"],
    [{ toString: "x" }, "options.toString unknown_zone"],
  ])("refuses %j", (input, fault) => {
    expect(codes(input)).toEqual([fault])
  })

  it("reports all faults at once", () => {
    expect(codes({ name: "abcdef", tint: "red", fit: "huge" })).toHaveLength(3)
    const text = {
      text: "a\nb\nc\u0007def",
      font: "comic",
      size: 1,
      color: "#1",
      bold: 1,
      italic: 1,
    }
    expect(codes({ name: text })).toEqual([
      "options.name.bold unknown_field",
      "options.name.italic unknown_field",
      "options.name refused_character",
      "options.name too_many_lines",
      "options.name text_too_long",
      "options.name.font font_not_allowed",
      "options.name.size size_out_of_range",
      "options.name.color color_not_in_palette",
    ])
    expect(codes({ photo: { upload_id: "small", zoom: 99, tilt: 1 } })).toEqual([
      "options.photo.tilt unknown_field",
      "options.photo.zoom out_of_range",
      "options.photo image_too_small",
    ])
  })

  it("counts what a reader counts, not code units", () => {
    expect(codes({ name: "👨‍👩‍👧👨‍👩‍👧" })).toEqual([])
  })

  it("names the limits that a picture or a text breaks", () => {
    const params = (input: Record<string, unknown>) => {
      const result = validateSelection(context, input)
      return result.success ? null : result.issues.map((issue) => issue.params)
    }
    expect(params({ badge: { upload_id: "fine", zoom: 2 } })).toEqual([{ dpi: 76, block: 100 }])
    expect(params({ badge: { upload_id: "fine", zoom: 9 } })).toEqual([{ min: 1, max: 3 }])
    expect(params({ name: "a!b?!" })).toEqual([{ characters: ["!", "?"] }])
    expect(params({ plate: "abc" })).toEqual([{ pattern: "[A-Z]{1,3}-\\d{1,4}" }])
  })

  it("takes a picture that has exactly the pixels for the lowest resolution allowed", () => {
    const badge = definition.zones.find(({ key }) => key === "badge")
    const sharpEnough = (block: number) =>
      validateSelection(
        {
          definition: definitionSchema.parse({
            ...definition,
            zones: [{ ...badge, dpi: { warn: block, block } }],
          }),
          option_sets: [],
          uploads: { exact: { ...png, width: 591, height: 591 } },
        },
        { badge: { upload_id: "exact", x: 0, y: 0, rotation: 0, zoom: 1 } }
      ).success
    // 591 pixels on 50 mm.
    expect([sharpEnough(300.22), sharpEnough(300.24)]).toEqual([true, false])
  })

  it("drops an empty text, and keeps one that takes a default away", () => {
    const result = validateSelection(context, { name: "", plate: "" })
    expect(result.success && toOptions(result.value)).toEqual({ plate: { text: "" } })
  })

  it("never throws and answers every value or an issue, whatever comes", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (other, name) => {
        const result = validateSelection(context, { ...other, name })
        expect(result.success || result.issues.length > 0).toBe(true)
      })
    )
  })
})

describe("missingInputs", () => {
  it("names required zones and sets in order, and nothing that is filled", () => {
    expect(missingInputs(context, {})).toEqual(["name", "fit"])
    expect(
      missingInputs(context, {
        name: { kind: "text", value: { text: "Ada" } },
        fit: { kind: "option", value: "slim" },
      })
    ).toEqual([])
  })

  const conditional = (sets: OptionSetChoices[], selection: Selection = {}) =>
    missingInputs(
      {
        definition: definitionSchema.parse({
          ...definition,
          zones: [
            { ...SAMPLE_TEXT_ZONE, required: true, default: "Ada" },
            {
              ...SAMPLE_TEXT_ZONE,
              key: "reason",
              require_if: { zone: "fit", is: "loose" },
              show_if: { zone: "name", filled: true },
            },
            {
              kind: "option",
              key: "fit",
              label: "Fit",
              option_set: "fits",
              required: true,
              default: "slim",
            },
          ],
        }),
        option_sets: sets,
        uploads: {},
      },
      selection
    )
  const fits = { key: "fits", required: false, values: ["slim", "loose"] }
  const gift = { key: "gift", required: true, values: ["yes"] }

  it("counts defaults, and asks for option sets that no zone takes", () => {
    expect(conditional([fits, gift])).toEqual(["gift"])
    expect(conditional([fits], { name: { kind: "text", value: { text: "" } } })).toEqual(["name"])
  })

  it("asks for what a condition requires, while it is shown", () => {
    const fit = { kind: "option", value: "loose" } as const
    expect(conditional([fits], { fit })).toEqual(["reason"])
    const name = { kind: "text", value: { text: "" } } as const
    expect(conditional([fits], { fit, name })).toEqual(["name"])
  })

  it("asks for an option whose default is gone, but not for one whose set is", () => {
    expect(conditional([{ ...fits, values: ["loose"] }])).toEqual(["fit"])
    expect(conditional([])).toEqual([])
  })

  const clash = (zone: object, sets: OptionSetChoices[], selection: Selection) =>
    missingInputs(
      {
        definition: definitionSchema.parse({ ...definition, zones: [zone] }),
        option_sets: sets,
        uploads: {},
      },
      selection
    )
  const optionZone = { kind: "option", key: "gift", label: "Gift", option_set: "fits" }
  it.each<[string, object, Selection, string[]]>([
    ["no value", { ...SAMPLE_TEXT_ZONE, key: "gift" }, {}, ["gift"]],
    [
      "no value that is required too",
      { ...SAMPLE_TEXT_ZONE, key: "gift", required: true },
      {},
      ["gift"],
    ],
    [
      "a text",
      { ...SAMPLE_TEXT_ZONE, key: "gift" },
      { gift: { kind: "text", value: { text: "yes" } } },
      ["gift"],
    ],
    ["an option of another set", optionZone, { gift: { kind: "option", value: "slim" } }, ["gift"]],
    [
      "an option of the same name",
      optionZone,
      { gift: { kind: "option", value: "yes" } },
      ["gift"],
    ],
  ])("still asks for a set when a zone of its key holds %s", (_, zone, selection, missing) => {
    expect(clash(zone, [{ ...fits, values: ["slim", "yes"] }, gift], selection)).toEqual(missing)
  })
})
