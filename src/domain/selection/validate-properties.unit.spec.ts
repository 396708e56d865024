// What holds for whatever a visitor sends: it is answered, each value by itself, and what was taken is taken again.
import fc from "fast-check"
import { SAMPLE_PLACEMENT, SAMPLE_TEXT_ZONE } from "../__tests__/sample"
import { sampleShaper } from "../rendering/__tests__/shaper"
import { fontChecks } from "../rendering/font-checks"
import { holdsUnprintable, isEmoji } from "../template/characters"
import { definitionSchema } from "../template/definition"
import { countGraphemes, graphemesOf } from "../template/graphemes"
import type { TextValue } from "./selection"
import { missingInputs, toOptions, validateSelection, type SelectionContext } from "./validate"

const zone = { ...SAMPLE_TEXT_ZONE, max_length: 12, max_lines: 2, fonts: ["inter", "cairo"] }
const pictures = { placement: "front", accept: ["image/png"], max_bytes: 10_000 }
const definition = definitionSchema.parse({
  schema: 1,
  placements: [SAMPLE_PLACEMENT],
  zones: [
    { ...zone, required: true },
    { ...zone, key: "loud", letter_case: "upper", characters: { sets: ["latin", "emoji"] } },
    {
      ...{ kind: "image", key: "photo", label: "Photo", ...pictures },
      frame: { x: 0, y: 0, width: 50, height: 50 },
      dpi: { warn: 100, block: 30 },
    },
    {
      ...{ kind: "color", key: "tint", label: "Colour", paints: { target: "base" } },
      colors: [{ name: "Red", value: "#ff0000" }],
    },
    { kind: "option", key: "fit", label: "Fit", option_set: "fits" },
  ],
})
const CODE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/

/** Letters of many scripts, marks, emoji, and what no print can show. */
const letters = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 14 }),
  fc.string({
    unit: fc.constantFrom(
      ..."aÄß\n\r ёعé",
      "\u0301",
      "\u202e",
      "\u0000",
      "👩‍👩‍👧",
      "🦄",
      "\ud800",
      "漢"
    ),
    maxLength: 14,
  })
)
const values: fc.Arbitrary<unknown> = fc.oneof(
  letters,
  fc.record(
    {
      text: letters,
      font: fc.constantFrom("inter", "cairo", "comic"),
      size: fc.double({ min: 0, max: 60 }),
      color: fc.constantFrom("#000000", "#FFFFFF"),
    },
    { requiredKeys: ["text"] }
  ),
  fc.record(
    {
      upload_id: fc.constantFrom("mine", "small", "none"),
      zoom: fc.double({ min: 0, max: 12 }),
      x: fc.double({ min: -3, max: 3 }),
      rotation: fc.double(),
    },
    { requiredKeys: ["upload_id"] }
  ),
  fc.constantFrom("slim", "yes", "#FF0000", "#ff0000", null, 7, []),
  fc.jsonValue({ maxDepth: 2 })
)
/** Mostly what the zone is for. */
const meant = (fitting: fc.Arbitrary<unknown>) =>
  fc.oneof({ arbitrary: fitting, weight: 6 }, { arbitrary: values, weight: 1 })
const words = meant(
  fc.oneof(
    {
      arbitrary: fc.string({ unit: fc.constantFrom(..."aBß é ё1\n", "e\u0301"), maxLength: 8 }),
      weight: 3,
    },
    { arbitrary: letters, weight: 1 }
  )
)
const inputs = fc
  .record(
    {
      name: words,
      loud: words,
      photo: meant(
        fc.record({ upload_id: fc.constant("mine"), zoom: fc.double({ min: 1, max: 2 }) })
      ),
      tint: meant(fc.constant("#FF0000")),
      fit: meant(fc.constantFrom("slim", "loose")),
      gift: meant(fc.constant("yes")),
      hat: values,
    },
    { requiredKeys: [] }
  )
  .map((input): Record<string, unknown> => input)
  // A key that no zone has spoils all of an input.
  .chain((input) => fc.constantFrom(input, without(input, "hat")))

function without(input: Record<string, unknown>, key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([name]) => name !== key))
}

describe("whatever a visitor sends", () => {
  let context: SelectionContext
  beforeAll(async () => {
    const png = { mime_type: "image/png", bytes: 9_000, width: 300, height: 300 }
    context = {
      definition,
      option_sets: [
        { key: "fits", required: true, values: ["slim", "loose"] },
        { key: "gift", required: false, values: ["yes"] },
      ],
      uploads: { mine: png, small: { ...png, width: 20 } },
      fonts: fontChecks(await sampleShaper()),
    }
  })
  const holds = (check: (input: Record<string, unknown>) => void) =>
    fc.assert(fc.property(inputs, check), { numRuns: 3000 })
  const outcome = (input: Record<string, unknown>) => {
    const result = validateSelection(context, input)
    return result.success ? toOptions(result.value) : result.issues
  }

  it("is answered with values, or with issues that name their places", () => {
    let taken = 0
    holds((input) => {
      const result = validateSelection(context, input)
      if (result.success) {
        taken += Object.keys(result.value).length
        return
      }
      expect(result.issues.length).toBeGreaterThan(0)
      for (const { path, code, message } of result.issues) {
        expect(path[0]).toBe("options")
        expect(Object.keys(input)).toContain(path[1])
        expect(code).toMatch(CODE)
        expect(message).not.toBe("")
      }
    })
    expect(taken).toBeGreaterThan(500)
  })

  it("is judged value by value: the others change nothing", () => {
    holds((input) => {
      const alone = Object.entries(input).map(([key, value]) => outcome({ [key]: value }))
      const issues = alone.filter(Array.isArray).flat()
      expect(outcome(input)).toEqual(
        issues.length > 0
          ? issues
          : Object.assign({}, ...alone.filter((one) => !Array.isArray(one)))
      )
    })
  })

  it("is taken again as it was kept, and is nothing that could not be printed", () => {
    holds((input) => {
      const result = validateSelection(context, input)
      if (!result.success) {
        return
      }
      const kept = toOptions(result.value)
      const again: unknown = JSON.parse(JSON.stringify(kept))
      expect(outcome(again as Record<string, unknown>)).toEqual(kept)
      for (const key of ["name", "loud"]) {
        const { text = "a" } = (kept[key] ?? {}) as Partial<TextValue>
        expect(text).toBe(text.normalize("NFC"))
        expect(holdsUnprintable(text)).toBe(false)
        expect(countGraphemes(text)).toBeLessThanOrEqual(12)
        expect(text.split("\n").length).toBeLessThanOrEqual(2)
        expect(key === "name" && [...graphemesOf(text)].some(isEmoji)).toBe(false)
      }
    })
  })

  it("leaves missing what it does not fill", () => {
    holds((input) => {
      const result = validateSelection(context, input)
      if (result.success) {
        const missing = missingInputs(context, result.value)
        const { name, fit } = result.value
        const blank = name?.kind !== "text" || name.value.text.trim() === ""
        expect(missing.includes("fit")).toBe(fit === undefined)
        expect(missing.includes("name") || !blank).toBe(true)
        expect(missing.filter((key) => key !== "name" && key !== "fit")).toEqual([])
      }
    })
  })
})
