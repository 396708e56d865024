// Draws a plan on a Canvas 2D context: the same code on a server and in a browser, the same pixels.
import type { Matrix } from "./geometry"
import type { Clip, DrawStep, RenderPlan } from "./render-plan"

/** What is used of the standard `CanvasRenderingContext2D`. */
export interface DrawingContext<Picture, Path> {
  save(): void
  restore(): void
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void
  clip(path: Path): void
  fill(path: Path): void
  stroke(path: Path): void
  fillRect(x: number, y: number, width: number, height: number): void
  drawImage(image: Picture, x: number, y: number, width: number, height: number): void
  setLineDash(segments: number[]): void
  fillStyle: unknown
  strokeStyle: unknown
  lineWidth: number
  lineJoin: string
  globalAlpha: number
  imageSmoothingEnabled: boolean
  imageSmoothingQuality: string
}

/** What a platform brings along. */
export type DrawingRuntime<Picture, Path> = {
  /** The plan's images by id, loaded as it says: part, size and tint. */
  images: Record<string, Picture>
  /** `new Path2D(d)`; with a matrix, a new path that this one was added to through it (`Path2D.addPath`). */
  createPath(d: string, matrix?: Matrix): Path
}

/** The context must be fresh: a transparent canvas of the plan's size. */
export function draw<Picture, Path>(
  context: DrawingContext<Picture, Path>,
  plan: RenderPlan,
  runtime: DrawingRuntime<Picture, Path>
): void {
  for (const step of plan.steps) {
    context.save()
    drawStep(context, plan, runtime, step)
    context.restore()
  }
}

function drawStep<Picture, Path>(
  context: DrawingContext<Picture, Path>,
  plan: RenderPlan,
  runtime: DrawingRuntime<Picture, Path>,
  step: DrawStep
): void {
  if (step.op === "fill") {
    context.fillStyle = step.color
    context.fillRect(0, 0, plan.width, plan.height)
    return
  }
  for (const clip of step.clips) {
    clipTo(context, runtime, clip)
  }
  setMatrix(context, step.matrix)
  switch (step.op) {
    case "image": {
      const image = runtime.images[step.image]
      if (!image) {
        throw new Error(`The plan's image "${step.image}" was not loaded.`)
      }
      const { x, y, width, height } = step.box
      context.imageSmoothingEnabled = true
      context.imageSmoothingQuality = "high"
      context.drawImage(image, x, y, width, height)
      return
    }
    case "path":
      context.globalAlpha = step.opacity
      context.fillStyle = step.color
      context.fill(runtime.createPath(step.d))
      return
    case "line":
      context.globalAlpha = step.opacity
      context.strokeStyle = step.color
      context.lineWidth = step.width
      context.lineJoin = step.join
      context.setLineDash(step.dash)
      context.stroke(
        step.stretch ? runtime.createPath(step.d, step.stretch) : runtime.createPath(step.d)
      )
  }
}

function clipTo<Picture, Path>(
  context: DrawingContext<Picture, Path>,
  { createPath }: DrawingRuntime<Picture, Path>,
  { d, matrix }: Clip
): void {
  setMatrix(context, matrix)
  context.clip(createPath(d))
}

function setMatrix(context: DrawingContext<unknown, unknown>, matrix: Matrix): void {
  context.setTransform(...matrix)
}
