// (template, selection, placement, target) to a render plan. All geometry is decided here; drawing only follows.
import type { PrintArea } from "../template/definition"
import { PRINT_LIMITS, printSize } from "../template/print-limits"
import { type Content, selectContent } from "./content"
import type { PlanDraft, PlanInput } from "./draft"
import { RenderError } from "./errors"
import {
  compose,
  IDENTITY,
  type Matrix,
  printAreaToCanvas,
  printAreaToPrint,
  rounded,
  scaling,
} from "./geometry"
import { findAsset } from "./lookup"
import { polygonPath, rectanglePath } from "./paths"
import { type Clip, type DrawStep, RENDERER_VERSION, type RenderPlan } from "./render-plan"
import { drawZone } from "./zone-steps"

export type { PlanInput } from "./draft"

/** Pixels of a thumbnail's longer side: 160 CSS pixels on a screen of double density. */
export const THUMBNAIL_SIDE = 320

/** @throws RenderError for a placement, font, asset or upload that is not there, or a print that is too large */
export function buildPlan(input: PlanInput): RenderPlan {
  const content = selectContent(input)
  const surface = surfaceOf(content)
  const draft: PlanDraft = {
    input,
    matrix: surface.matrix,
    clips: surface.clips,
    extent: Math.max(surface.width, surface.height),
    images: [],
    steps: [],
  }
  if (content.base) {
    drawBase(draft, content.base, surface)
  }
  for (const zone of content.zones) {
    drawZone(draft, zone)
  }
  return {
    version: RENDERER_VERSION,
    target: content.target,
    format: content.format,
    placement: content.placement.key,
    width: surface.width,
    height: surface.height,
    dpi: surface.dpi,
    images: draft.images,
    steps: draft.steps.map(short),
  }
}

type Surface = {
  width: number
  height: number
  dpi: number | null
  matrix: Matrix
  clips: Clip[]
}

/**
 * What a target draws on, and how millimetres of the print area become its pixels. A further target (a vector file, a
 * mockup that is bent over a photo) is a further case here, and in the renderer's encoding.
 */
function surfaceOf({ target, placement }: Content): Surface {
  const area = placement.print_area
  switch (target) {
    case "preview":
      return canvasSurface(placement, 1)
    case "thumbnail": {
      const { width, height } = placement.canvas
      return canvasSurface(placement, Math.min(1, THUMBNAIL_SIDE / Math.max(width, height)))
    }
    case "print": {
      const size = printSize(area)
      const { side, pixels } = PRINT_LIMITS
      if (Math.max(size.width, size.height) > side || size.width * size.height > pixels) {
        throw new RenderError(
          "print_too_large",
          `The print file of "${placement.key}" would have ${size.width} x ${size.height} pixels; ` +
            `at most ${side} a side and ${pixels} in all are possible. Lower print_area.dpi.`,
          { params: { placement: placement.key, ...size, max_side: side, max_pixels: pixels } }
        )
      }
      return { ...size, dpi: area.dpi, matrix: printAreaToPrint(area), clips: [] }
    }
  }
}

/** The placement's canvas, drawn smaller by a factor. */
function canvasSurface({ canvas, print_area: area }: Content["placement"], scale: number): Surface {
  const matrix = compose(scaling(scale), printAreaToCanvas(area))
  return {
    width: Math.max(1, Math.round(canvas.width * scale)),
    height: Math.max(1, Math.round(canvas.height * scale)),
    dpi: null,
    matrix,
    clips: [printAreaClip(area, matrix, scale)],
  }
}

/** Where the print area lies on the canvas: outside of it nothing is printed. */
function printAreaClip(area: PrintArea, matrix: Matrix, scale: number): Clip {
  const { on_canvas_quad: quad, width_mm: width, height_mm: height } = area
  return quad
    ? {
        d: polygonPath([quad.top_left, quad.top_right, quad.bottom_right, quad.bottom_left]),
        matrix: scaling(scale),
      }
    : { d: rectanglePath({ x: 0, y: 0, width, height }), matrix: rounded(matrix) }
}

/** The product itself: the backdrop, and its photo over it in its colour, where there is one. */
function drawBase(
  draft: PlanDraft,
  base: NonNullable<Content["base"]>,
  canvas: { width: number; height: number }
): void {
  draft.steps.push({ op: "fill", name: "backdrop", color: base.backdrop })
  if (base.asset === null) {
    return
  }
  const { sha256, ...source } = findAsset(draft.input.assets, base.asset)
  const { width, height } = canvas
  draft.images.push({
    id: "background",
    sha256,
    source: { width: source.width, height: source.height },
    part: { x: 0, y: 0, width: source.width, height: source.height },
    width,
    height,
    tint: base.tint,
  })
  draft.steps.push({
    op: "image",
    name: "background",
    image: "background",
    box: { x: 0, y: 0, width, height },
    matrix: IDENTITY,
    clips: [],
  })
}

function short(step: DrawStep): DrawStep {
  return step.op === "fill" ? step : { ...step, matrix: rounded(step.matrix) }
}
