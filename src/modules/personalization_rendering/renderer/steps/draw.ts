// Step 3: the domain's drawing, on Skia.
import { type Canvas, createCanvas, Path2D } from "@napi-rs/canvas"
import { draw } from "../../../../domain/rendering/draw"
import type { RenderPlan } from "../../../../domain/rendering/render-plan"

export function drawPlan(plan: RenderPlan, images: Record<string, Canvas>): Canvas {
  const canvas = createCanvas(plan.width, plan.height)
  draw(canvas.getContext("2d"), plan, { images, createPath: (d) => new Path2D(d) })
  return canvas
}
