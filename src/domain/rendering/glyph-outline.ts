// A glyph's outline in its font's units, and how it is cut into pieces that can be bent.
import type { Point } from "./geometry"

/** Lines (L), quadratic (Q) and cubic (C) curves; y points up. */
export type GlyphOutline = readonly { type: string; values: number[] }[]

/** A circle of pieces of a tenth of the radius is far finer than this; it bounds the work for absurd sizes. */
const MAX_PIECES = 64

export function pointsOf(values: readonly number[]): Point[] {
  const points: Point[] = []
  for (let at = 0; at + 1 < values.length; at += 2) {
    points.push({ x: values[at] ?? 0, y: values[at + 1] ?? 0 })
  }
  return points
}

/** The same outline with every line and curve cut into pieces at most `width` wide. */
export function subdivide(outline: GlyphOutline, width: number): GlyphOutline {
  const pieces: { type: string; values: number[] }[] = []
  let start: Point = { x: 0, y: 0 }
  let pen = start
  for (const { type, values } of outline) {
    const points = pointsOf(values)
    const end = points.at(-1) ?? start
    if (type === "M") {
      pieces.push({ type, values })
      start = end
    } else if (type === "Z") {
      // Closing draws a line too.
      pieces.push(...cut("L", [pen, start], width), { type, values })
    } else {
      pieces.push(...cut(type, [pen, ...points], width))
    }
    pen = end
  }
  return pieces
}

function cut(type: string, points: Point[], width: number): { type: string; values: number[] }[] {
  const xs = points.map(({ x }) => x)
  const spread = Math.max(...xs) - Math.min(...xs)
  const count = Math.min(MAX_PIECES, Math.max(1, Math.ceil(spread / width)))
  const pieces: { type: string; values: number[] }[] = []
  let rest = points
  for (let left = count; left > 0; left--) {
    const { head, tail } = splitCurve(rest, 1 / left)
    pieces.push({ type, values: head.slice(1).flatMap(({ x, y }) => [x, y]) })
    rest = tail
  }
  return pieces
}

/** De Casteljau: the control points of a Bézier curve's parts before and after `t`. */
function splitCurve(points: Point[], t: number): { head: Point[]; tail: Point[] } {
  const head: Point[] = []
  const tail: Point[] = []
  for (let row = points; row.length > 0; row = between(row, t)) {
    head.push(...row.slice(0, 1))
    tail.unshift(...row.slice(-1))
  }
  return { head, tail }
}

function between(points: Point[], t: number): Point[] {
  return points.slice(1).map((point, index) => {
    const before = points[index] ?? point
    return { x: before.x + (point.x - before.x) * t, y: before.y + (point.y - before.y) * t }
  })
}
