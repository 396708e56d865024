// A text is judged as it is printed.
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { definitionSchema } from "../template/definition"
import { toOptions, validateSelection } from "./validate"

describe("a text in capitals", () => {
  const zone = { ...SAMPLE_TEXT_ZONE, letter_case: "upper", pattern: "[A-ZỄ]+" }
  const definition = definitionSchema.parse({
    schema: 1,
    placements: [SAMPLE_PLACEMENT],
    zones: [zone],
  })
  const missing_glyphs = (_: string, text: string) => (text.includes("Ễ") ? ["Ễ"] : [])
  const context = { definition, option_sets: [], uploads: {}, missing_glyphs }

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
