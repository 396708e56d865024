// Words that a template brings along, and what its patterns cost.
import { answer, changed, type Json } from "./__tests__/changed"
import { FULL_CONTEXT, FULL_DEFINITION } from "./__tests__/documents"
import { checkDefinition } from "./check"

describe("checkDefinition", () => {
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

  it("takes line ends of any kind in words that are printed, and judges them in the zone's letter case", () => {
    const zone = { arc: undefined, max_lines: 2, pattern: undefined, characters: undefined }
    const taken = checkDefinition(changed("text", { ...zone, default: "a\r\nb" }), FULL_CONTEXT)
    expect(taken).toMatchObject({ success: true, value: { zones: { 0: { default: "a\nb" } } } })
    const upper = (pattern: string) => answer(changed("text", { default: "ab-12", pattern })).told
    expect(upper("[A-Z]+-\\d+")).toEqual([])
    expect(upper("[a-z]+-\\d+")).toEqual(["zones.0.default default_refused"])
  })

  it("refuses words that print nothing, or that their font cannot print", () => {
    const blank = { default: "\u200b \u2060", pattern: undefined, characters: undefined }
    expect(answer(changed("text", blank)).told).toContain("zones.0.default default_refused")
    const told = (document: unknown) => {
      const missing_glyphs = (font: string, text: string) =>
        font === "inter" ? [...text].filter((character) => "字Ễ".includes(character)) : []
      const result = checkDefinition(document, { ...FULL_CONTEXT, missing_glyphs })
      return result.success
        ? []
        : result.issues.map(({ path, code, params }) => [path, code, params])
    }
    const words = { characters: undefined, pattern: undefined, letter_case: "upper" }
    expect(told(changed("text", { ...words, default: "Nguyễn" }))).toEqual([
      [["zones", 0, "default"], "glyph_missing", { font: "inter", characters: ["Ễ"] }],
    ])
    expect(told(changed("text", { ...words, letter_case: "as_typed", default: "Nguyễn" }))).toEqual(
      []
    )
    expect(told(changed("static_text", { text: "漢字字" }))).toEqual([
      [["zones", 6, "text"], "glyph_missing", { font: "inter", characters: ["字"] }],
    ])
    expect(told(changed("static_text", { font: "wingdings", text: "字" }))).toEqual([
      [["zones", 6, "font"], "unknown_font", { key: "wingdings" }],
    ])
  })

  it("warns of fonts that have nothing of a set", () => {
    const missing_glyphs = (font: string, text: string) =>
      font === "inter" ? [...text].filter((character) => "א😀".includes(character)) : []
    const told = (sets: string[]) => {
      const document = changed("text", { characters: { sets, extra: "-" }, default: undefined })
      const result = checkDefinition(document, { ...FULL_CONTEXT, missing_glyphs })
      return result.success ? result.warnings.map(({ code, params }) => [code, params]) : []
    }
    expect(told(["latin", "cyrillic"])).toEqual([])
    expect(told(["latin", "hebrew", "emoji"])).toEqual([
      ["glyph_missing", { font: "inter", sets: ["hebrew", "emoji"] }],
    ])
  })

  it("refuses labels and help that hide what they say", () => {
    for (const label of ["a\u0001", "a\u202eb", { en: "ok", de: "\u2066" }]) {
      const { told } = answer(changed("image", { label, help: label }))
      expect(told.map((line) => line.replace(/\.de /, " "))).toEqual([
        "zones.1.label refused_character",
        "zones.1.help refused_character",
      ])
    }
    expect(answer(changed("image", { help: "two\nlines" })).told).toEqual([])
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

  it("refuses patterns that together cost too much", () => {
    const zones = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ...FULL_DEFINITION.zones[0],
        require_if: undefined,
        default: undefined,
        key: `z${index}`,
        max_length: 500,
        pattern: "(\\d{8}){50}",
      }))
    expect(answer({ ...FULL_DEFINITION, zones: zones(1) })).toMatchObject({ success: true })
    expect(answer({ ...FULL_DEFINITION, zones: zones(3) }).told).toEqual([
      "zones.1.pattern patterns_too_large",
    ])
  })
})
