import fc from "fast-check"
import { type GlyphOutline, pointsOf, subdivide } from "./glyph-outline"

const number = fc.integer({ min: -2000, max: 2000 })
const segment = fc.oneof(
  fc.tuple(fc.constant("L"), fc.array(number, { minLength: 2, maxLength: 2 })),
  fc.tuple(fc.constant("Q"), fc.array(number, { minLength: 4, maxLength: 4 })),
  fc.tuple(fc.constant("C"), fc.array(number, { minLength: 6, maxLength: 6 }))
)

/** The point of a Bézier curve at `t`, straight from its definition. */
function bezier(points: { x: number; y: number }[], t: number): { x: number; y: number } {
  const n = points.length - 1
  const choose = [
    [1, 1],
    [1, 2, 1],
    [1, 3, 3, 1],
  ][n - 1]
  return points.reduce(
    (sum, { x, y }, k) => {
      const weight = (choose?.[k] ?? 0) * t ** k * (1 - t) ** (n - k)
      return { x: sum.x + weight * x, y: sum.y + weight * y }
    },
    { x: 0, y: 0 }
  )
}

describe("subdivided outlines", () => {
  it("are the same curves in narrow pieces", () => {
    fc.assert(
      fc.property(number, number, segment, fc.integer({ min: 1, max: 64 }), (x, y, part, count) => {
        const [type, values] = part
        const whole = [{ x, y }, ...pointsOf(values)]
        const spread = Math.max(...whole.map((p) => p.x)) - Math.min(...whole.map((p) => p.x))
        fc.pre(spread > 0)
        const [start, ...pieces] = subdivide(
          [
            { type: "M", values: [x, y] },
            { type, values },
          ],
          spread / count
        )
        expect(start).toEqual({ type: "M", values: [x, y] })
        expect(pieces.length).toBeGreaterThanOrEqual(Math.min(count, 64))
        for (const [index, piece] of pieces.entries()) {
          expect(piece.type).toBe(type)
          expect(piece.values).toHaveLength(values.length)
          const end = pointsOf(piece.values).at(-1)
          const expected = bezier(whole, (index + 1) / pieces.length)
          expect(end?.x).toBeCloseTo(expected.x, 4)
          expect(end?.y).toBeCloseTo(expected.y, 4)
        }
      })
    )
  })

  it("cut the closing line as well", () => {
    const triangle: GlyphOutline = [
      { type: "M", values: [0, 0] },
      { type: "L", values: [0, 100] },
      { type: "L", values: [100, 100] },
      { type: "Z", values: [] },
    ]
    expect(subdivide(triangle, 50).map(({ type, values }) => [type, ...values])).toEqual([
      ["M", 0, 0],
      ["L", 0, 100],
      ["L", 50, 100],
      ["L", 100, 100],
      ["L", 50, 50],
      ["L", 0, 0],
      ["Z"],
    ])
  })

  it("are bounded for absurd widths", () => {
    const line: GlyphOutline = [
      { type: "M", values: [0, 0] },
      { type: "L", values: [1_000_000, 0] },
    ]
    expect(subdivide(line, 0.001)).toHaveLength(65)
  })
})
