// What visitors may and may not put into a design.
import fc from "fast-check"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { definitionSchema } from "../template/definition"
import {
  graphemes,
  missingInputs,
  toOptions,
  validateSelection,
  type SelectionContext,
} from "./validate"

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
    },
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
  uploads: { good: png, small: { ...png, width: 40 }, jpeg: { ...png, mime_type: "image/jpeg" } },
  missing_glyphs: (font, text) => (font === "pacifico" && text.includes("ع") ? ["ع"] : []),
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
    expect(graphemes("👨‍👩‍👧e\u0301")).toBe(2)
    expect(codes({ name: "👨‍👩‍👧👨‍👩‍👧" })).toEqual([])
  })

  it("drops an empty text", () => {
    const result = validateSelection(context, { name: "" })
    expect(result).toEqual({ success: true, value: {} })
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
})
