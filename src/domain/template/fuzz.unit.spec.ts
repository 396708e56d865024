// Whatever is sent as a definition, it is answered: never thrown at, never half-parsed, never polluting.
import fc from "fast-check"
import { FULL_CONTEXT, FULL_DEFINITION, mutations, SMALL_DEFINITION } from "./__tests__/documents"
import { checkDefinition, type CheckedDefinition, type DefinitionContext } from "./check"
import { DEFINITION_LIMITS } from "./definition"

const SEEDS = [FULL_DEFINITION, SMALL_DEFINITION]
const SHOP: DefinitionContext = {
  ...FULL_CONTEXT,
  option_sets: new Map([
    ["size", new Set(["m", "l"])],
    ["gift", new Set(["yes"])],
  ]),
  bound_sets: new Set(["size"]),
  currencies: ["eur", "usd"],
  missing_glyphs: (_, text) => [...text].filter((character) => character > "\uffff"),
}
const CODE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/

/** What is wrong with an answer; null for a good one. */
function complaint(result: CheckedDefinition): string | null {
  const told = result.success ? result.warnings : result.issues
  if (!result.success && told.length === 0) {
    return "refused without an issue"
  }
  if (told.length > DEFINITION_LIMITS.issues + 1) {
    return "more issues than are allowed"
  }
  const bad = told.find(
    ({ path, code, message }) =>
      !Array.isArray(path) ||
      path.some((part) => typeof part !== "string" && typeof part !== "number") ||
      !CODE.test(code) ||
      message.trim() === ""
  )
  return bad ? JSON.stringify(bad) : null
}

function parsed(json: string): unknown {
  return JSON.parse(json)
}

describe("checkDefinition", () => {
  it("answers 10,000 changed definitions", () => {
    let refused = 0
    fc.assert(
      fc.property(mutations(SEEDS), (document) => {
        const result = checkDefinition(document, SHOP)
        refused += result.success ? 0 : 1
        const found = complaint(result)
        if (found !== null) {
          throw new Error(found)
        }
      }),
      { numRuns: 10_000 }
    )
    // Most changes are faults, yet not all of them.
    expect(refused).toBeGreaterThan(1000)
    expect(refused).toBeLessThan(10_000)
  })

  it("answers anything at all, as a whole or in a part's place", () => {
    const anything = fc.anything({
      maxDepth: 3,
      withNullPrototype: true,
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSparseArray: true,
    })
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom("whole", "schema", "placements", "zones", "zone"),
        (value, place) => {
          const document =
            place === "whole"
              ? value
              : {
                  ...FULL_DEFINITION,
                  ...(place === "zone" ? { zones: [value] } : { [place]: value }),
                }
          expect(complaint(checkDefinition(document, SHOP))).toBeNull()
        }
      ),
      { numRuns: 1000 }
    )
  })

  const zone = JSON.stringify(FULL_DEFINITION.zones[0])
  const withZones = (zones: string) =>
    `{"schema":1,"placements":${JSON.stringify(FULL_DEFINITION.placements)},"zones":${zones}}`
  it.each<[string, string, string, string]>([
    ["nesting 5,000 deep", `${"[".repeat(5000)}${"]".repeat(5000)}`, "", "too_deep"],
    [
      "60,000 unknown keys",
      withZones(`[{${Array.from({ length: 60_000 }, (_, i) => `"k${i}":1`).join(",")}}]`),
      "zones.0",
      "too_big",
    ],
    ["100,000 zones", withZones(`[${"1,".repeat(99_999)}1]`), "zones", "too_big"],
    [
      "a huge text",
      withZones(`[${zone.replace('"Name"', `"${"x".repeat(300_000)}"`)}]`),
      "",
      "definition_too_large",
    ],
    [
      "1e400",
      withZones(`[${zone.replace('"max_length":10', '"max_length":1e400')}]`),
      "zones.0.max_length",
      "invalid_type",
    ],
    [
      "a huge number",
      withZones(`[${zone.replace('"max_length":10', '"max_length":1e300')}]`),
      "zones.0.max_length",
      "too_big",
    ],
    [
      "-0.0",
      withZones(`[${zone.replace('"max_length":10', '"max_length":-0.0')}]`),
      "zones.0.max_length",
      "too_small",
    ],
    [
      "__proto__",
      withZones(`[{"__proto__":{"kind":"text"},${zone.slice(1)}]`),
      "zones.0.__proto__",
      "unknown_field",
    ],
    [
      "__proto__ in a map",
      withZones(`[${zone.replace('"label":"Name"', '"label":{"__proto__":"x"}')}]`),
      "zones.0.label.__proto__",
      "unknown_field",
    ],
    [
      "constructor as a key",
      withZones(`[${zone.replace('"key":"name"', '"key":"constructor"')}]`),
      "zones.0.key",
      "invalid_format",
    ],
    [
      "toString as a field",
      `{"toString":1,${withZones(`[${zone}]`).slice(1)}`,
      "toString",
      "unknown_field",
    ],
    ["a field in Chinese", `{"鍵":1,${withZones(`[${zone}]`).slice(1)}`, "鍵", "unknown_field"],
    ["doubled keys", withZones(`[${zone},${zone}]`), "zones.1.key", "duplicate_key"],
  ])("refuses %s", (_, json, path, code) => {
    const result = checkDefinition(parsed(json), FULL_CONTEXT)
    const found = result.success ? [] : result.issues.map((one) => [one.path.join("."), one.code])
    expect(found).toContainEqual([path, code])
  })

  it("takes no prototype from a document and leaves none behind", () => {
    const evil = '{"polluted":true,"default":{"asset":"shirt"}}'
    const document = withZones(
      `[{"__proto__":${evil},"constructor":{"prototype":${evil}},${zone.slice(1)}]`
    )
    expect(complaint(checkDefinition(parsed(document), FULL_CONTEXT))).toBeNull()
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false)
    const result = checkDefinition(
      parsed(withZones(JSON.stringify(FULL_DEFINITION.zones))),
      FULL_CONTEXT
    )
    const open: unknown[] = result.success ? [result.value] : []
    expect(open).toHaveLength(1)
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      if (typeof value === "object" && value !== null) {
        expect([Object.prototype, Array.prototype, null]).toContain(Object.getPrototypeOf(value))
        open.push(...Object.values(value))
      }
    }
  })

  it("is not moved by nesting that JSON.parse does not make", () => {
    let deep: unknown = 1
    for (let level = 0; level < 50_000; level++) {
      deep = { all: [deep] }
    }
    const document = { ...FULL_DEFINITION, zones: [{ ...FULL_DEFINITION.zones[0], show_if: deep }] }
    expect(checkDefinition(document, FULL_CONTEXT)).toMatchObject({
      success: false,
      issues: [{ code: "too_deep" }],
    })
  })
})
