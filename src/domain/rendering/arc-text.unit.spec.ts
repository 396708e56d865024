import fc from "fast-check"
import { sampleShaper } from "./__tests__/shaper"
import type { Point } from "./geometry"
import type { Shaper, TextRequest } from "./shape"

const REQUEST: TextRequest = {
  text: "OXO",
  font: "inter",
  size: 24,
  min_size: 4,
  auto_fit: false,
  max_lines: 1,
  frame: { width: 120, height: 120 },
  inset: 0,
  align: "center",
  valign: "top",
  letter_case: "as_typed",
  arc: { radius_mm: 30, direction: "up" },
}

let shaper: Shaper

beforeAll(async () => {
  shaper = await sampleShaper()
})

function outline(change: Partial<TextRequest>) {
  return shaper.outline({ ...REQUEST, ...change })
}

/** The points of each closed subpath. */
function subpaths(d: string): { x: number; y: number }[][] {
  return d
    .split("Z")
    .filter(Boolean)
    .map((part) => {
      const numbers = (part.match(/-?\d+(\.\d+)?/g) ?? []).map(Number)
      return numbers.flatMap((x, at) => (at % 2 === 0 ? [{ x, y: numbers[at + 1] ?? 0 }] : []))
    })
}

function middle(points: { x: number; y: number }[]) {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  return {
    x: (Math.min(...xs) + Math.max(...xs)) / 2,
    y: (Math.min(...ys) + Math.max(...ys)) / 2,
  }
}

/** The centre and radius of the circle through three points. */
function circle(points: { x: number; y: number }[]) {
  const [a = { x: 0, y: 0 }, b = a, c = a] = points
  const d = 2 * (a.x * (b.y - c.y) + b.x * (c.y - a.y) + c.x * (a.y - b.y))
  const square = ({ x, y }: { x: number; y: number }) => x * x + y * y
  const x = (square(a) * (b.y - c.y) + square(b) * (c.y - a.y) + square(c) * (a.y - b.y)) / d
  const y = (square(a) * (c.x - b.x) + square(b) * (a.x - c.x) + square(c) * (b.x - a.x)) / d
  return { x, y, radius: Math.hypot(a.x - x, a.y - y) }
}

/**
 * How far outlines on an arc lie from those on a straight line when the circle is unrolled, in millimetres, for the centre
 * at which they lie closest.
 */
function unrolledDifference(font: string, text: string, arc: NonNullable<TextRequest["arc"]>) {
  const request = { font, text, size: 24 }
  const boxes = (d: string, unroll: (point: Point) => Point) =>
    subpaths(d).map((points) => {
      const xs = points.map((point) => unroll(point).x)
      const ys = points.map((point) => unroll(point).y)
      return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    })
  const flat = boxes(outline({ ...request, arc: null }).d, (point) => point)
  const bent = outline({ ...request, arc }).d
  const differences: number[] = []
  for (let top = 0; top < 20; top += 0.02) {
    const centre = { x: 60, y: top + arc.radius_mm }
    const unrolled = boxes(bent, ({ x, y }) => ({
      x: 60 + Math.atan2(x - centre.x, centre.y - y) * arc.radius_mm,
      y: top + arc.radius_mm - Math.hypot(x - centre.x, y - centre.y),
    }))
    differences.push(
      Math.max(
        ...unrolled.flatMap((box, index) =>
          box.map((side, at) => Math.abs(side - (flat[index]?.[at] ?? Infinity)))
        )
      )
    )
  }
  return Math.min(...differences)
}

const em = (24 / 72) * 25.4

describe("text on an arc", () => {
  it.each(["up", "down"] as const)("%s stands on the circle", (direction) => {
    // Full stops, whose middles lie 0.05 em above the baseline: their circle tells the baseline's.
    const dots = subpaths(outline({ text: ".......", arc: { radius_mm: 30, direction } }).d).map(
      middle
    )
    expect(dots).toHaveLength(7)
    const found = circle([dots[0], dots[3], dots[6]].flatMap((dot) => (dot ? [dot] : [])))
    const above = subpaths(outline({ text: ".", arc: null }).d).map(middle)[0]?.y ?? 0
    const baseline = (1984 / 2048) * em
    const expected = direction === "up" ? 30 + (baseline - above) : 30 - (baseline - above)
    expect(found.radius).toBeCloseTo(expected, 1)
    expect(found.x).toBeCloseTo(60, 1)
    for (const dot of dots) {
      expect(Math.hypot(dot.x - found.x, dot.y - found.y)).toBeCloseTo(found.radius, 1)
    }
    // The middle one is the highest of a rainbow and the lowest of a smile; all run to the right.
    const ys = dots.map(({ y }) => y)
    expect(dots[3]?.y).toBe(direction === "up" ? Math.min(...ys) : Math.max(...ys))
    expect(dots.map(({ x }) => x)).toEqual(dots.map(({ x }) => x).sort((a, b) => a - b))
  })

  it("keeps the distances of the straight line along the baseline, with kerning", () => {
    const advance = (text: string) => {
      const [first, second] = subpaths(
        outline({ text, arc: { radius_mm: 3000, direction: "up" } }).d
      )
      return middle(second ?? []).x - middle(first ?? []).x
    }
    const straight = (text: string) => {
      const [first, second] = subpaths(outline({ text, arc: null }).d)
      return middle(second ?? []).x - middle(first ?? []).x
    }
    expect(advance("TV")).toBeCloseTo(straight("TV"), 1)
    expect(advance("LT")).toBeCloseTo(straight("LT"), 1)
    expect(straight("LT")).not.toBeCloseTo(straight("HT"), 1)
  })

  it("turns letters and keeps their shape", () => {
    const flat = subpaths(outline({ text: "I", arc: null }).d)[0] ?? []
    const side = (points: { x: number; y: number }[]) =>
      points.slice(1).map((point, at) => {
        const before = points[at] ?? point
        return Math.hypot(point.x - before.x, point.y - before.y)
      })
    for (const points of subpaths(outline({ text: "IIIIIII" }).d)) {
      for (const [at, length] of side(points).entries()) {
        expect(length).toBeCloseTo(side(flat)[at] ?? 0, 1)
      }
    }
  })

  it("bends joined letters along the circle, so that every joint stays as it was", () => {
    const arc = { radius_mm: 30, direction: "up" } as const
    for (const [font, text] of [
      ["cairo", "سلام"],
      ["pacifico", "minimum"],
    ] as const) {
      expect(unrolledDifference(font, text, arc)).toBeLessThan(0.03)
    }
    // The measure can tell: letters that stand by themselves are turned, and do not fit when unrolled.
    expect(unrolledDifference("inter", "minimum", arc)).toBeGreaterThan(0.1)
    expect(unrolledDifference("cairo", "minimum", arc)).toBeGreaterThan(0.1)
  })

  it("reads Arabic from the right", () => {
    const parts = subpaths(outline({ text: "ا د", font: "cairo" }).d).map(
      (points) => middle(points).x
    )
    const alone = subpaths(outline({ text: "ا", font: "cairo" }).d).length
    expect(alone).toBe(1)
    // Alef, the first letter, is the narrow outline on the right.
    const widths = subpaths(outline({ text: "ا د", font: "cairo" }).d).map((points) => {
      const xs = points.map(({ x }) => x)
      return Math.max(...xs) - Math.min(...xs)
    })
    const rightmost = parts.indexOf(Math.max(...parts))
    expect(widths[rightmost]).toBe(Math.min(...widths))
  })

  it("moves a letter's marks with it", () => {
    // No composed form: the mark is a glyph of its own. Turned back, letter and mark lie as on the straight line.
    const text = "nnnnnnnnx\u0302"
    const distance = (arc: TextRequest["arc"]) => {
      const parts = subpaths(outline({ text, arc, size: 20 }).d)
      const [letter = [], mark = []] = parts.slice(-2)
      const a = middle(letter)
      const b = middle(mark)
      return Math.hypot(a.x - b.x, a.y - b.y)
    }
    expect(distance({ radius_mm: 25, direction: "up" })).toBeCloseTo(distance(null), 0)
  })

  it("is placed in its frame", () => {
    const ink = (change: Partial<TextRequest>) => {
      const found = outline({ arc: { radius_mm: 30, direction: "up" }, ...change }).ink
      if (!found) {
        throw new Error("nothing was inked")
      }
      return found
    }
    expect(ink({ valign: "top" }).y).toBeLessThan(5)
    const bottom = ink({ valign: "bottom" })
    expect(bottom.y + bottom.height).toBeGreaterThan(115)
    expect(bottom.y + bottom.height).toBeLessThanOrEqual(120)
    const centre = ink({ align: "center" })
    expect(centre.x + centre.width / 2).toBeCloseTo(60, 0)
    const left = ink({ align: "left" })
    const right = ink({ align: "right" })
    // The circle's side: the frame is wider than the circle.
    expect(left.x + left.width / 2).toBeLessThan(35)
    expect(right.x + right.width / 2).toBeGreaterThan(85)
    const narrow = ink({ align: "left", frame: { width: 50, height: 120 } })
    expect(narrow.x).toBeGreaterThanOrEqual(0)
    expect(narrow.x).toBeLessThan(5)
  })

  it("has one line: a line break is a blank", () => {
    expect(outline({ text: "A\r\nB" })).toEqual(outline({ text: "A B" }))
    expect(outline({ text: " \n " })).toMatchObject({ d: "", ink: null, overflow: false, lines: 1 })
  })

  it("shrinks until it fits, or says that it does not", () => {
    const long = { text: "All around the garden", frame: { width: 60, height: 40 } }
    expect(outline(long)).toMatchObject({ size: 24, overflow: true })
    const fitted = outline({ ...long, auto_fit: true })
    expect(fitted.overflow).toBe(false)
    expect(fitted.size).toBeLessThan(24)
    expect(outline({ ...long, size: fitted.size + 0.2 }).overflow).toBe(true)
    expect(outline({ ...long, auto_fit: true, min_size: 20 })).toMatchObject({
      size: 20,
      overflow: true,
    })
  })

  it("never meets its own beginning", () => {
    const text = "All around the garden and back again"
    const arc = { radius_mm: 10, direction: "up" } as const
    expect(outline({ text, arc, size: 12 }).overflow).toBe(true)
    const fitted = outline({ text, arc, auto_fit: true })
    expect(fitted.overflow).toBe(false)
    expect(outline({ text, arc, size: fitted.size + 0.2 }).overflow).toBe(true)
  })

  it("does not reach beyond the centre", () => {
    const arc = { radius_mm: 5, direction: "down" } as const
    expect(outline({ text: "I", arc }).overflow).toBe(true)
    expect(outline({ text: "I", arc, size: 14 }).overflow).toBe(false)
  })

  it("lies within its frame whenever it fits", () => {
    const request = fc.record({
      text: fc.stringMatching(/^[BDEHIMNOUhimnou059 ]{1,30}$/),
      arc: fc.record({
        radius_mm: fc.double({ min: 5, max: 200, noNaN: true }),
        direction: fc.constantFrom("up" as const, "down" as const),
      }),
      align: fc.constantFrom("left" as const, "center" as const, "right" as const),
      valign: fc.constantFrom("top" as const, "middle" as const, "bottom" as const),
      frame: fc.record({
        width: fc.double({ min: 10, max: 150, noNaN: true }),
        height: fc.double({ min: 10, max: 150, noNaN: true }),
      }),
      inset: fc.constantFrom(0, 1.5),
    })
    fc.assert(
      fc.property(request, (change) => {
        const { overflow, ink } = outline({ ...change, auto_fit: true })
        fc.pre(!overflow && ink !== null)
        const { x = 0, y = 0, width = 0, height = 0 } = ink ?? {}
        const { frame, inset } = change
        // These letters keep to their advance and to the font's ascender and descender; a "j" hangs out.
        expect(x).toBeGreaterThanOrEqual(inset - 0.01)
        expect(y).toBeGreaterThanOrEqual(inset - 0.01)
        expect(x + width).toBeLessThanOrEqual(frame.width - inset + 0.01)
        expect(y + height).toBeLessThanOrEqual(frame.height - inset + 0.01)
      }),
      { numRuns: 200 }
    )
  })
})

describe("an inset", () => {
  it("keeps straight text apart from its frame as well", () => {
    const frame = { width: 30, height: 20 }
    const base = { arc: null, text: "Outline", frame, auto_fit: true, align: "left" } as const
    const wide = outline(base)
    const inset = outline({ ...base, inset: 3 })
    expect(inset.size).toBeLessThan(wide.size)
    expect(inset.ink?.x).toBeGreaterThan(3)
    expect((inset.ink?.x ?? 0) + (inset.ink?.width ?? 0)).toBeLessThanOrEqual(27)
  })

  it("that leaves nothing of the frame is an overflow", () => {
    expect(outline({ arc: null, inset: 100, auto_fit: true }).overflow).toBe(true)
    expect(outline({ inset: 100, auto_fit: true }).overflow).toBe(true)
  })
})
