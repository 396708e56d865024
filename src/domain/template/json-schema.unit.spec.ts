// The published JSON Schema takes what the server takes, and refuses what a form can refuse.
import Ajv2020 from "ajv/dist/2020"
import fc from "fast-check"
import { FULL_CONTEXT, FULL_DEFINITION, mutations, SMALL_DEFINITION } from "./__tests__/documents"
import { sizeIssues } from "./bounds"
import { checkDefinition } from "./check"
import { definitionJsonSchema } from "./json-schema"
import { parseDefinition } from "./parse"

const SEEDS = { FULL_DEFINITION, SMALL_DEFINITION }
// `minProperties` and the like stand beside a union, which strict mode takes for a slip.
const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(
  definitionJsonSchema
)

type Json = Record<string, unknown>

function zone(kind: string, change: Json): Json {
  return {
    ...FULL_DEFINITION,
    zones: FULL_DEFINITION.zones.map((one) => (one.kind === kind ? { ...one, ...change } : one)),
  }
}

function area(change: Json): Json {
  const [front, back] = FULL_DEFINITION.placements
  return {
    ...FULL_DEFINITION,
    placements: [{ ...front, print_area: { ...front?.print_area, ...change } }, back],
  }
}

describe("definitionJsonSchema", () => {
  it.each(Object.entries(SEEDS))("takes %s", (_, seed) => {
    expect([validate(seed), validate.errors]).toEqual([true, null])
  })

  it("has an id without a host, a title and descriptions", () => {
    expect(definitionJsonSchema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: expect.stringMatching(/^urn:/),
      title: expect.any(String),
      $defs: { frame: { description: expect.stringContaining("Millimetres") } },
    })
  })

  it.each<[string, unknown]>([
    ["another version", { ...FULL_DEFINITION, schema: 2 }],
    ["an unknown field", { ...FULL_DEFINITION, extra: 1 }],
    ["no zones", { ...FULL_DEFINITION, zones: [] }],
    ["too many zones", { ...FULL_DEFINITION, zones: new Array(61).fill(FULL_DEFINITION.zones[4]) }],
    ["an unknown kind", zone("text", { kind: "words" })],
    ["a bad key", zone("text", { key: "Name" })],
    ["a bad colour", zone("shape", { fill: "black" })],
    ["a label of no language", zone("text", { label: {} })],
    ["a label of a bad language", zone("text", { label: { DE: "x" } })],
    ["a long label", zone("text", { label: { de: "x".repeat(201) } })],
    ["a float for a count", zone("text", { max_length: 1.5 })],
    ["a size that is too small", zone("text", { size: { min: 1, max: 10, default: 10 } })],
    ["an amount in words", zone("text", { price: { flat: { usd: "free" } } })],
    ["no amounts", zone("text", { price: { flat: {} } })],
    ["a currency in capitals", zone("text", { price: { flat: { USD: 1 } } })],
    ["too many percent", zone("text", { price: { percent_of_base: 1001 } })],
    ["an empty condition", zone("text", { show_if: {} })],
    ["two tests", zone("text", { show_if: { zone: "tint", is: "a", filled: true } })],
    ["no test", zone("text", { show_if: { zone: "tint" } })],
    ["a test of nothing", zone("text", { show_if: { is: "a" } })],
    [
      "two groups",
      zone("text", {
        show_if: { all: [{ zone: "tint", is: "a" }], any: [{ zone: "tint", is: "a" }] },
      }),
    ],
    ["a bad condition inside", zone("text", { show_if: { all: [{ any: [{ zone: "tint" }] }] } })],
    [
      "both places on the canvas",
      area({ on_canvas_quad: FULL_DEFINITION.placements[1]?.print_area }),
    ],
    ["no place on the canvas", area({ on_canvas: undefined })],
  ])("refuses %s, as the server does", (_, document) => {
    const sent: unknown = JSON.parse(JSON.stringify(document))
    expect([validate(sent), checkDefinition(sent, FULL_CONTEXT).success]).toEqual([false, false])
  })

  it("takes every document whose form the server takes", () => {
    let accepted = 0
    fc.assert(
      fc.property(mutations(Object.values(SEEDS)), (document) => {
        // What only the check after the form tells, and JSON Schema can tell too.
        const checked = checkDefinition(document, FULL_CONTEXT)
        const ambiguous =
          !checked.success && checked.issues.some(({ code }) => code === "on_canvas_ambiguous")
        if (sizeIssues(document).length === 0 && parseDefinition(document).success && !ambiguous) {
          accepted++
          expect([validate(document), validate.errors]).toEqual([true, null])
        }
      }),
      { numRuns: 1500 }
    )
    // Some 8 in a hundred are right; the bound is far below, as the documents differ from run to run.
    expect(accepted).toBeGreaterThan(40)
  })
})
