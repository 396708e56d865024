// Positions on a circle that carries a baseline. Origin: the circle's centre; y points down; angles in radians to the
// right of the apex, where the text's middle is.
import { compose, type Matrix, type Point, rotation, translation } from "./geometry"

/** `up`: on top of the circle, letters outside; `down`: along its lower side, letters inside. */
export type Arc = { radius: number; direction: "up" | "down" }

/** Where a point lies that is so far above the baseline, in the direction that the letters stand in. */
export function onArc({ radius, direction }: Arc, angle: number, above = 0): Point {
  const sign = direction === "up" ? -1 : 1
  // Letters that would reach beyond the centre end there.
  const distance = Math.max(0, radius - sign * above)
  return { x: distance * Math.sin(angle), y: sign * distance * Math.cos(angle) }
}

/** Stands a letter upright on the circle: its own origin, on its baseline, comes to lie at the angle. */
export function standOnArc(arc: Arc, angle: number): Matrix {
  const { x, y } = onArc(arc, angle)
  const turn = arc.direction === "up" ? angle : -angle
  return compose(translation(x, y), rotation((turn * 180) / Math.PI))
}
