// The form of a render plan: an ordered list of drawing steps with exact geometry, plain JSON.
import type { RenderFormat, RenderTarget } from "./content"
import type { Matrix, Rectangle, Size } from "./geometry"

/** Raised with every change that alters pixels, so that nothing rendered before is taken for the same. */
export const RENDERER_VERSION = 2

/** An image as its owner keeps it: its bytes' hash, and its size in pixels once turned upright by its EXIF orientation. */
export type ImageInfo = Size & { sha256: string }

/** Pixels that a step draws: a part of a source image, scaled, upright, sRGB, straight alpha. */
export type PlannedImage = Size & {
  id: string
  sha256: string
  source: Size
  /** The part to take, in whole pixels of the source. */
  part: Rectangle
  /** A colour to multiply every pixel with; alpha stays. */
  tint: string | null
}

/** An area outside of which nothing is drawn. */
export type Clip = { d: string; matrix: Matrix }

type Placed = {
  name: string
  /** From the step's own unit to pixels of the canvas. */
  matrix: Matrix
  /** All of them hold at once. */
  clips: Clip[]
}

/** A line along a path; `width` and `dash` are in the step's unit. */
type Stroke = {
  d: string
  /** From the path's own unit to the step's, where they differ: the line's width is not stretched along. */
  stretch: Matrix | null
  color: string
  opacity: number
  width: number
  dash: number[]
  join: "miter" | "round"
}

export type DrawStep =
  | { op: "fill"; name: string; color: string }
  | ({ op: "image"; image: string; box: Rectangle } & Placed)
  | ({ op: "path"; d: string; color: string; opacity: number } & Placed)
  | ({ op: "line" } & Stroke & Placed)

export type RenderPlan = Size & {
  version: number
  target: RenderTarget
  format: RenderFormat
  placement: string
  /** Pixels per inch of a print; null on a screen. */
  dpi: number | null
  images: PlannedImage[]
  /** In drawing order. */
  steps: DrawStep[]
}
