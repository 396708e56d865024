// A definition's size is judged before its form, at a cost that its limits bound.
import fc from "fast-check"
import { sizeIssues } from "./bounds"
import { DEFINITION_LIMITS } from "./limits"

function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) {
    value = [value]
  }
  return value
}

function codes(input: unknown) {
  return sizeIssues(input).map(({ path, code }) => [path.join("."), code])
}

describe("sizeIssues", () => {
  it("counts bytes as JSON.stringify and UTF-8 do", () => {
    const quote = { text: "x".repeat(DEFINITION_LIMITS.bytes - 20) }
    expect(codes(quote)).toEqual([])
    expect(codes({ text: "é".repeat(DEFINITION_LIMITS.bytes / 2) })).toEqual([
      ["", "definition_too_large"],
    ])
    expect(codes({ text: "😀".repeat(DEFINITION_LIMITS.bytes / 4) })).toEqual([
      ["", "definition_too_large"],
    ])
    expect(codes({ ["k".repeat(DEFINITION_LIMITS.bytes)]: 1 })).toEqual([
      ["", "definition_too_large"],
    ])
    // Whatever a value holds, filling up to the limit is taken and one byte more is refused.
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: "binary" }), (value) => {
        const empty = Buffer.byteLength(JSON.stringify([value, ""]))
        const filled = (bytes: number) => [value, "x".repeat(bytes - empty)]
        // A key `__proto__` is refused whatever the size.
        fc.pre(!sizeIssues(value).some(({ code }) => code === "unknown_field"))
        expect(codes(filled(DEFINITION_LIMITS.bytes))).toEqual([])
        expect(codes(filled(DEFINITION_LIMITS.bytes + 1))).toEqual([["", "definition_too_large"]])
      })
    )
  })

  it("ends at the limits of depth, of entries and of values", () => {
    expect(codes(nested(DEFINITION_LIMITS.depth))).toEqual([])
    expect(codes(nested(DEFINITION_LIMITS.depth + 1))).toEqual([["", "too_deep"]])
    expect(codes(nested(50_000))).toEqual([["", "too_deep"]])
    const many = new Array(DEFINITION_LIMITS.entries + 1).fill(0)
    expect(codes({ zones: [{ colors: many }] })).toEqual([["zones.0.colors", "too_big"]])
    expect(codes({ zones: new Array(1e9) })).toEqual([["zones", "too_big"]])
    const keys = Object.fromEntries(many.map((_, index) => [`key${index}`, 1]))
    expect(codes([keys])).toEqual([["0", "too_big"]])
    expect(codes(many)).toEqual([["", "too_big"]])
    const rows = new Array(180).fill(new Array(180).fill(0))
    expect(codes(rows)).toEqual([["", "definition_too_large"]])
  })

  it("comes to an end in a circle", () => {
    const circle: unknown[] = []
    circle.push(circle, circle, circle)
    expect(codes(circle)).toEqual([["", "too_deep"]])
  })
})
