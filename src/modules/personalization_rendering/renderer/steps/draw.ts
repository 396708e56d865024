// Step 3: the domain's drawing, on Skia.
import { type Canvas, createCanvas, Path2D } from "@napi-rs/canvas"
import { draw } from "../../../../domain/rendering/draw"
import type { Matrix } from "../../../../domain/rendering/geometry"
import type { RenderPlan } from "../../../../domain/rendering/render-plan"

export function drawPlan(plan: RenderPlan, images: Record<string, Canvas>): Canvas {
  const canvas = createCanvas(plan.width, plan.height)
  draw(canvas.getContext("2d"), plan, { images, createPath })
  return canvas
}

function createPath(d: string, matrix?: Matrix): Path2D {
  const path = new Path2D(d)
  if (!matrix) {
    return path
  }
  const [a, b, c, d2, e, f] = matrix
  const mapped = new Path2D()
  mapped.addPath(path, { a, b, c, d: d2, e, f })
  return mapped
}
