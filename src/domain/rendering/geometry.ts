// Units and affine geometry: millimetres, points and pixels; frames, print areas and images in them.
import type { PrintArea } from "../template/definition"
import { RenderError } from "./errors"

export const MM_PER_INCH = 25.4
export const POINTS_PER_INCH = 72

export type Size = { width: number; height: number }
export type Point = { x: number; y: number }
export type Rectangle = Point & Size
/** An affine map in Canvas order: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

export function mmToPx(mm: number, dpi: number): number {
  return (mm / MM_PER_INCH) * dpi
}

export function ptToMm(pt: number): number {
  return (pt / POINTS_PER_INCH) * MM_PER_INCH
}

export function translation(x: number, y: number): Matrix {
  return [1, 0, 0, 1, x, y]
}

export function scaling(x: number, y: number = x): Matrix {
  return [x, 0, 0, y, 0, 0]
}

/** Clockwise on a canvas, whose y axis points down. Quarter turns are exact. */
export function rotation(degrees: number): Matrix {
  const turn = ((degrees % 360) + 360) % 360
  const quarter: Record<number, readonly [cos: number, sin: number]> = {
    0: [1, 0],
    90: [0, 1],
    180: [-1, 0],
    270: [0, -1],
  }
  const radians = (turn * Math.PI) / 180
  const [cos, sin] = quarter[turn] ?? [Math.cos(radians), Math.sin(radians)]
  return [cos, sin, -sin, cos, 0, 0]
}

/** One map for several; the last of them is applied to a point first. */
export function compose(...matrices: Matrix[]): Matrix {
  return matrices.reduce(
    ([a, b, c, d, e, f], [a2, b2, c2, d2, e2, f2]): Matrix => [
      a * a2 + c * b2,
      b * a2 + d * b2,
      a * c2 + c * d2,
      b * c2 + d * d2,
      a * e2 + c * f2 + e,
      b * e2 + d * f2 + f,
    ],
    IDENTITY
  )
}

export function apply([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f }
}

/** How many units of the target one unit along x and along y becomes. */
export function scaleOf([a, b, c, d]: Matrix): Point {
  return { x: Math.hypot(a, b), y: Math.hypot(c, d) }
}

/** The matrix with numbers short enough to store; a millionth of a pixel is beyond what any canvas shows. */
export function rounded(matrix: Matrix): Matrix {
  const [a, b, c, d, e, f] = matrix.map((value) => Math.round(value * 1e6) / 1e6 || 0)
  return [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0]
}

/** From millimetres in a frame (origin: its top left corner before rotation) to millimetres in the print area. */
export function frameToPrintArea(frame: Rectangle, degrees: number): Matrix {
  return compose(
    translation(frame.x + frame.width / 2, frame.y + frame.height / 2),
    rotation(degrees),
    translation(-frame.width / 2, -frame.height / 2)
  )
}

/**
 * From millimetres in the print area to pixels of the preview's canvas.
 *
 * Four corners on a photo taken at an angle call for a perspective map, which a canvas does not draw. The affine map that
 * meets the corners best (least squares) takes its place: the middle and the middles of the sides lie right, and corners
 * deviate by as much as the shape is from a parallelogram.
 *
 * @throws RenderError `render_failed` for a print area that has no place on the canvas
 */
export function printAreaToCanvas(area: PrintArea): Matrix {
  if (area.on_canvas_quad) {
    return fitCorners(area, area.on_canvas_quad)
  }
  if (!area.on_canvas) {
    throw new RenderError("render_failed", "The print area has no place on the preview's canvas.")
  }
  const { x, y, width, height, rotation: degrees } = area.on_canvas
  return compose(
    translation(x + width / 2, y + height / 2),
    rotation(degrees),
    translation(-width / 2, -height / 2),
    scaling(width / area.width_mm, height / area.height_mm)
  )
}

/** The corners of a rectangle are symmetric, so the least squares come down to means of opposite sides. */
function fitCorners(
  { width_mm: width, height_mm: height }: PrintArea,
  {
    top_left: tl,
    top_right: tr,
    bottom_right: br,
    bottom_left: bl,
  }: NonNullable<PrintArea["on_canvas_quad"]>
): Matrix {
  const along = (axis: "x" | "y") => (tr[axis] + br[axis] - tl[axis] - bl[axis]) / (2 * width)
  const down = (axis: "x" | "y") => (bl[axis] + br[axis] - tl[axis] - tr[axis]) / (2 * height)
  const middle = (axis: "x" | "y") => (tl[axis] + tr[axis] + br[axis] + bl[axis]) / 4
  return compose(
    [along("x"), along("y"), down("x"), down("y"), middle("x"), middle("y")],
    translation(-width / 2, -height / 2)
  )
}

/** From millimetres in the print area to pixels of the print file, whose origin is the corner of the bleed. */
export function printAreaToPrint(area: PrintArea): Matrix {
  return compose(scaling(mmToPx(1, area.dpi)), translation(area.bleed_mm, area.bleed_mm))
}
