// A text is judged as it is printed.
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { definitionSchema } from "../template/definition"
import { sampleShaper } from "../rendering/__tests__/shaper"
import { fontChecks } from "../rendering/font-checks"
import { textValue, type FontChecks } from "./text"
import { toOptions, validateSelection } from "./validate"

describe("a text in its frame", () => {
  let fonts: FontChecks
  beforeAll(async () => {
    fonts = fontChecks(await sampleShaper())
  })

  function judged(zone: object, value: unknown) {
    const definition = definitionSchema.parse({
      schema: 1,
      placements: [SAMPLE_PLACEMENT],
      zones: [{ ...SAMPLE_TEXT_ZONE, fonts: ["inter", "pacifico"], ...zone }],
    })
    const [parsed] = definition.zones
    const outcome = parsed?.kind === "text" ? textValue(parsed, value, fonts) : null
    return outcome && "issues" in outcome
      ? outcome.issues.map(({ code, params }) => [code, params])
      : outcome?.value?.value
  }
  const narrow = { frame: { x: 0, y: 0, width: 20, height: 10 }, max_length: 40 }
  const size = { min: 10, max: 30, default: 20, auto_fit: true }

  it("may shrink as far as the zone allows, and no further", () => {
    expect(judged({ ...narrow, size }, "Ada")).toEqual({ text: "Ada" })
    expect(judged({ ...narrow, size }, "Adaline")).toEqual({ text: "Adaline" })
    expect(judged({ ...narrow, size }, "Adaline Lovelace")).toEqual([
      ["text_overflow", { font: "inter", size: 10 }],
    ])
  })

  it("does not shrink where the zone fits nothing", () => {
    const fixed = { ...narrow, size: { ...size, auto_fit: false } }
    expect(judged(fixed, "Adaline")).toEqual([["text_overflow", { font: "inter", size: 20 }]])
    expect(judged(fixed, { text: "Adaline", size: 12 })).toEqual({ text: "Adaline", size: 12 })
  })

  it("is measured in its own font, and around its circle", () => {
    const wide = { ...narrow, frame: { x: 0, y: 0, width: 38, height: 12 }, size }
    const name = "Adaline Lovelace"
    expect(judged(wide, name)).toEqual({ text: name })
    const lines = { ...wide, max_lines: 2, size: { ...size, min: 14 } }
    expect(judged(lines, { text: "Ada\nLove", font: "inter" })).toMatchObject({ font: "inter" })
    expect(judged(lines, { text: "Ada\nLove", font: "pacifico" })).toEqual([
      ["text_overflow", { font: "pacifico", size: 14 }],
    ])
    const arc = { arc: { radius_mm: 3, direction: "up" } }
    expect(judged({ ...wide, ...arc }, name)).toMatchObject([["text_overflow", { size: 10 }]])
  })

  it("is told all that is wrong with it at once", () => {
    const zone = { characters: { sets: ["latin"], extra: "漢ع" }, max_length: 6 }
    const faulty = "漢9\u202e漢\u0007字Abc"
    expect(judged(zone, { text: faulty, font: "pacifico", size: 1 })).toEqual([
      ["refused_character", undefined],
      ["character_not_allowed", { characters: ["9", "字"] }],
      ["text_too_long", { max_length: 6, length: 9 }],
      ["size_out_of_range", expect.anything()],
      ["glyph_missing", { font: "pacifico", characters: ["漢"] }],
    ])
    // Of a font that may not be had, nothing is to be said.
    expect(judged(zone, { text: "漢", font: "comic" })).toMatchObject([["font_not_allowed", {}]])
    // What would be cut off is not looked at, so that a text costs no more than one that fits.
    expect(judged(zone, "Abcdef漢")).toMatchObject([["text_too_long", {}]])
  })

  it("comes to the same as what is drawn", async () => {
    const shaper = await sampleShaper()
    const request = {
      ...{ font: "inter", size: 20, min_size: 8, auto_fit: true, max_lines: 3, inset: 0 },
      ...({ frame: { width: 30, height: 14 }, align: "left", valign: "top", arc: null } as const),
      letter_case: "as_typed" as const,
    }
    const arc = { radius_mm: 20, direction: "down" } as const
    const texts = ["Ada", "Ada Lovelace of London", "x".repeat(60), "a\nb\nc\nd"]
    for (const text of texts) {
      for (const asked of [
        { ...request, text },
        { ...request, text, arc },
      ]) {
        expect(shaper.fit(asked).overflow).toBe(shaper.outline(asked).overflow)
      }
    }
  })
})

describe("a text in another form", () => {
  const zone = definitionSchema.parse({
    schema: 1,
    placements: [SAMPLE_PLACEMENT],
    zones: [{ ...SAMPLE_TEXT_ZONE, max_length: 5, characters: undefined }],
  }).zones[0]
  const judged = (text: string) => {
    const outcome = zone?.kind === "text" ? textValue(zone, text) : null
    return outcome && "issues" in outcome ? outcome.issues : outcome?.value?.value
  }

  it("is kept composed, and counted as its readers count", () => {
    expect(judged("Nguye\u0302\u0303")).toEqual({ text: "Nguy\u1ec5" })
    expect(judged("Nguye\u0302\u0303n")).toMatchObject([{ params: { length: 6 } }])
    expect(judged("Jose\u0301")).toEqual({ text: "Jos\u00e9" })
    expect(judged("e\u0302\u0303\u0301\u0323")).toEqual({
      text: "e\u0302\u0303\u0301\u0323".normalize("NFC"),
    })
  })

  it("is refused before its marks are put in order where they are too many", () => {
    const normalize = jest.spyOn(String.prototype, "normalize")
    try {
      expect(judged(`a${"\u0345\u0334".repeat(25_000)}`)).toMatchObject([
        { code: "text_too_long", params: { max_length: 5, length: 50_001 } },
      ])
      expect(judged(`a${"\u0345\u0334".repeat(20)}`)).toMatchObject([
        { code: "too_many_marks", path: ["options", "name"], params: { max_marks: 4 } },
      ])
      expect(normalize).not.toHaveBeenCalled()
    } finally {
      normalize.mockRestore()
    }
  })
})

describe("a text in capitals", () => {
  const zone = { ...SAMPLE_TEXT_ZONE, letter_case: "upper", pattern: "[A-ZỄ]+" }
  const definition = definitionSchema.parse({
    schema: 1,
    placements: [SAMPLE_PLACEMENT],
    zones: [zone],
  })
  const fonts: FontChecks = {
    missing_glyphs: (_, text) => (text.includes("Ễ") ? ["Ễ"] : []),
    text_fit: ({ size }) => ({ size: size.default, overflow: false }),
  }
  const context = { definition, option_sets: [], uploads: {}, fonts }

  it("must look like the zone's pattern, and be printable, as capitals", () => {
    const judged = (name: string) => {
      const result = validateSelection(context, { name })
      return result.success ? toOptions(result.value) : result.issues.map(({ code }) => code)
    }
    expect(judged("Ada")).toEqual({ name: { text: "Ada" } })
    expect(judged("Nguyễn")).toEqual(["glyph_missing"])
    expect(judged("a1")).toEqual(["pattern_mismatch"])
  })

  it("that does not look like the pattern is answered with the template's own words for it", () => {
    const hinted = definitionSchema.parse({
      schema: 1,
      placements: [SAMPLE_PLACEMENT],
      zones: [{ ...zone, pattern_hint: { en: "a name of letters", de: "ein Name" } }],
    })
    const result = validateSelection({ ...context, definition: hinted }, { name: "a1" })
    expect(result.success ? [] : result.issues).toMatchObject([
      { message: "name must look like a name of letters.", params: { hint: { de: "ein Name" } } },
    ])
  })
})
