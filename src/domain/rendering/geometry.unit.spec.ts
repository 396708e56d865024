import fc from "fast-check"
import {
  apply,
  compose,
  frameToPrintArea,
  type Matrix,
  mmToPx,
  printAreaToCanvas,
  printAreaToPrint,
  ptToMm,
  rotation,
  scaleOf,
} from "./geometry"
import { printSize } from "../template/print-limits"
import { effectiveDpi, fitImage, visiblePart } from "./image-fit"

const AREA = {
  width_mm: 100,
  height_mm: 50,
  dpi: 254,
  bleed_mm: 3,
  safe_margin_mm: 2,
  on_canvas: { x: 200, y: 100, width: 400, height: 200, rotation: 0 },
}

describe("units", () => {
  it("convert millimetres to pixels and points to millimetres", () => {
    expect(mmToPx(25.4, 300)).toBeCloseTo(300)
    expect(ptToMm(72)).toBeCloseTo(25.4)
  })
})

describe("print area", () => {
  it("maps its corners to the rectangle on the canvas", () => {
    const matrix = printAreaToCanvas(AREA)
    expect(apply(matrix, { x: 0, y: 0 })).toEqual({ x: 200, y: 100 })
    expect(apply(matrix, { x: 100, y: 50 })).toEqual({ x: 600, y: 300 })
    expect(scaleOf(matrix)).toEqual({ x: 4, y: 4 })
  })

  it("turns clockwise about the rectangle's centre", () => {
    const turned = { ...AREA, on_canvas: { ...AREA.on_canvas, rotation: 90 } }
    const matrix = printAreaToCanvas(turned)
    expect(apply(matrix, { x: 50, y: 25 })).toEqual({ x: 400, y: 200 })
    // The top left corner goes to the top right.
    expect(apply(matrix, { x: 0, y: 0 })).toEqual({ x: 500, y: 0 })
  })

  it("maps its corners to four corners that are a parallelogram", () => {
    const { on_canvas: _, ...area } = AREA
    const quad = {
      top_left: { x: 10, y: 20 },
      top_right: { x: 210, y: 40 },
      bottom_right: { x: 240, y: 160 },
      bottom_left: { x: 40, y: 140 },
    }
    const matrix = printAreaToCanvas({ ...area, on_canvas_quad: quad })
    expect(apply(matrix, { x: 0, y: 0 })).toEqual(quad.top_left)
    expect(apply(matrix, { x: 100, y: 0 })).toEqual(quad.top_right)
    expect(apply(matrix, { x: 100, y: 50 })).toEqual(quad.bottom_right)
    expect(apply(matrix, { x: 0, y: 50 })).toEqual(quad.bottom_left)
  })

  it("comes as close to any four corners as an affine map can", () => {
    const number = fc.double({ min: -1000, max: 1000, noNaN: true })
    const point = fc.record({ x: number, y: number })
    const { on_canvas: _, ...area } = AREA
    const corners = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 50 },
      { x: 0, y: 50 },
    ]
    fc.assert(
      fc.property(point, point, point, point, (a, b, c, d) => {
        const targets = [a, b, c, d]
        const best = printAreaToCanvas({
          ...area,
          on_canvas_quad: { top_left: a, top_right: b, bottom_right: c, bottom_left: d },
        })
        const error = (matrix: Matrix) =>
          corners.reduce((sum, corner, index) => {
            const { x, y } = apply(matrix, corner)
            const target = targets[index] ?? corner
            return sum + (x - target.x) ** 2 + (y - target.y) ** 2
          }, 0)
        const least = error(best)
        // No small step in any of the six numbers is better.
        for (let at = 0; at < 6; at++) {
          for (const step of [-0.5, 0.5]) {
            const other = best.map((value, index) => (index === at ? value + step : value))
            const [m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m5 = 0] = other
            expect(error([m0, m1, m2, m3, m4, m5])).toBeGreaterThan(least)
          }
        }
      })
    )
  })

  it("without a place on the canvas cannot be shown", () => {
    const { on_canvas: _, ...area } = AREA
    expect(() => printAreaToCanvas(area)).toThrow(
      expect.objectContaining({ code: "render_failed" })
    )
  })

  it("has its bleed on every side of the print file", () => {
    expect(printSize(AREA)).toEqual({ width: 1060, height: 560 })
    const origin = apply(printAreaToPrint(AREA), { x: 0, y: 0 })
    expect(origin.x).toBeCloseTo(30)
    expect(origin.y).toBeCloseTo(30)
  })

  it("holds frames that turn about their own centre", () => {
    const frame = { x: 10, y: 10, width: 20, height: 10 }
    const matrix = frameToPrintArea(frame, 180)
    expect(apply(matrix, { x: 0, y: 0 })).toEqual({ x: 30, y: 20 })
    expect(apply(matrix, { x: 10, y: 5 })).toEqual({ x: 20, y: 15 })
  })

  it("composes maps so that the last one acts first", () => {
    const matrix = compose(rotation(90), [2, 0, 0, 2, 5, 0])
    expect(apply(matrix, { x: 1, y: 0 })).toEqual({ x: 0, y: 7 })
  })
})

describe("images in frames", () => {
  const frame = { width: 100, height: 50 }
  const image = { width: 1000, height: 1000 }

  it("covers the frame, or is contained in it", () => {
    expect(fitImage(frame, image, "cover")).toMatchObject({ width: 100, height: 100 })
    expect(fitImage(frame, image, "contain")).toMatchObject({ width: 50, height: 50 })
  })

  it("pans along the frame's edges at any angle", () => {
    const view = { zoom: 2, x: 0.1, y: -0.2, rotation: 45 }
    const fitted = fitImage(frame, image, "cover", view)
    expect(fitted.width).toBe(200)
    expect(apply(fitted.matrix, { x: 0, y: 0 })).toEqual({ x: 60, y: 15 })
  })

  it("knows its resolution on the print", () => {
    expect(effectiveDpi(frame, image, "cover")).toBeCloseTo(254)
    expect(effectiveDpi(frame, image, "cover", 2)).toBeCloseTo(127)
    expect(effectiveDpi(frame, image, "contain")).toBeCloseTo(508)
  })

  it("takes no more of the image than shows", () => {
    expect(visiblePart(frame, image, fitImage(frame, image, "cover"))).toEqual({
      x: 0,
      y: 249,
      width: 1000,
      height: 502,
    })
    const moved = fitImage(frame, image, "cover", { zoom: 1, x: 3, y: 0, rotation: 0 })
    expect(visiblePart(frame, image, moved)).toBeNull()
  })

  it("never loses a visible point, whatever the view", () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    const view = fc.record({
      zoom: fc.double({ min: 0.5, max: 8, noNaN: true }),
      x: fc.double({ min: -1, max: 1, noNaN: true }),
      y: fc.double({ min: -1, max: 1, noNaN: true }),
      rotation: fc.double({ min: -360, max: 360, noNaN: true }),
    })
    fc.assert(
      fc.property(view, part, part, (look, u, v) => {
        const fitted = fitImage(frame, image, "cover", look)
        const scale = fitted.width / image.width
        const onImage = { x: u * image.width, y: v * image.height }
        const inFrame = apply(fitted.matrix, {
          x: (onImage.x - image.width / 2) * scale,
          y: (onImage.y - image.height / 2) * scale,
        })
        fc.pre(inFrame.x >= 0 && inFrame.x <= 100 && inFrame.y >= 0 && inFrame.y <= 50)
        const seen = visiblePart(frame, image, fitted)
        expect(seen).not.toBeNull()
        if (seen) {
          expect(onImage.x).toBeGreaterThanOrEqual(seen.x)
          expect(onImage.x).toBeLessThanOrEqual(seen.x + seen.width)
          expect(onImage.y).toBeGreaterThanOrEqual(seen.y)
          expect(onImage.y).toBeLessThanOrEqual(seen.y + seen.height)
        }
      })
    )
  })
})
