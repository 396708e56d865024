// Outlines of plain figures as SVG path data, which Path2D takes on every platform.
import type { Point, Rectangle } from "./geometry"

/** How far a cubic curve's handles reach so that it follows a quarter circle (error below 0.03 % of the radius). */
const KAPPA = 0.5522847498

/** Three decimals: a micrometre where the unit is a millimetre. */
export function formatNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000 || 0)
}

function join(...parts: (string | number)[]): string {
  return parts.map((part) => (typeof part === "number" ? formatNumber(part) : part)).join(" ")
}

export function rectanglePath({ x, y, width, height }: Rectangle): string {
  return join("M", x, y, "L", x + width, y, "L", x + width, y + height, "L", x, y + height, "Z")
}

export function polygonPath(corners: readonly Point[]): string {
  const [first, ...others] = corners.map(({ x, y }) => join(x, y))
  return ["M", first, ...others.flatMap((corner) => ["L", corner]), "Z"].join(" ")
}

export function ellipsePath(box: Rectangle): string {
  return roundedPath(box, box.width / 2, box.height / 2)
}

/** A rectangle with rounded corners; a radius is at most half the side. */
export function roundedPath(box: Rectangle, radiusX: number, radiusY = radiusX): string {
  const { x, y, width, height } = box
  const rx = Math.min(radiusX, width / 2)
  const ry = Math.min(radiusY, height / 2)
  const kx = rx * (1 - KAPPA)
  const ky = ry * (1 - KAPPA)
  const right = x + width
  const bottom = y + height
  return [
    join("M", x + rx, y, "L", right - rx, y),
    join("C", right - kx, y, right, y + ky, right, y + ry),
    join("L", right, bottom - ry),
    join("C", right, bottom - ky, right - kx, bottom, right - rx, bottom),
    join("L", x + rx, bottom),
    join("C", x + kx, bottom, x, bottom - ky, x, bottom - ry),
    join("L", x, y + ry),
    join("C", x, y + ky, x + kx, y, x + rx, y),
    "Z",
  ].join(" ")
}
