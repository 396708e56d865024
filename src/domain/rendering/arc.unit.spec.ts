import fc from "fast-check"
import { onArc, standOnArc } from "./arc"
import { apply } from "./geometry"

const radius = fc.double({ min: 1, max: 3000, noNaN: true })
const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true })
const direction = fc.constantFrom("up" as const, "down" as const)

it("has its baseline at the radius, and letters outside of it or inside", () => {
  fc.assert(
    fc.property(radius, angle, direction, (r, at, way) => {
      const arc = { radius: r, direction: way }
      const base = onArc(arc, at)
      expect(Math.hypot(base.x, base.y)).toBeCloseTo(r, 6)
      const top = onArc(arc, at, r / 4)
      expect(Math.hypot(top.x, top.y)).toBeCloseTo(way === "up" ? r * 1.25 : r * 0.75, 6)
    })
  )
})

it("stands letters with their origin on the circle and their axis through its centre", () => {
  fc.assert(
    fc.property(radius, angle, direction, (r, at, way) => {
      const arc = { radius: r, direction: way }
      const matrix = standOnArc(arc, at)
      const origin = apply(matrix, { x: 0, y: 0 })
      expect(Math.hypot(origin.x, origin.y)).toBeCloseTo(r, 6)
      const top = apply(matrix, { x: 0, y: -r / 4 })
      const same = onArc(arc, at, r / 4)
      expect(top.x).toBeCloseTo(same.x, 6)
      expect(top.y).toBeCloseTo(same.y, 6)
    })
  )
})

it("runs to the right on both sides of the circle, upright at the apex", () => {
  expect(onArc({ radius: 10, direction: "up" }, 0)).toEqual({ x: 0, y: -10 })
  expect(onArc({ radius: 10, direction: "down" }, 0)).toEqual({ x: 0, y: 10 })
  for (const way of ["up", "down"] as const) {
    const arc = { radius: 10, direction: way }
    expect(onArc(arc, 0.1).x).toBeGreaterThan(0)
    expect(apply(standOnArc(arc, 0), { x: 1, y: 0 }).x).toBeCloseTo(1)
    expect(onArc(arc, 0, 1).y).toBe(way === "up" ? -11 : 9)
  }
})
