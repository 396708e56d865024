// A render plan in the making: what it is made from, and what has been gathered so far.
import type { DesignView } from "./content"
import type { Matrix } from "./geometry"
import type { Clip, DrawStep, ImageInfo, PlannedImage } from "./render-plan"
import type { Shaper } from "./shape"

export type PlanInput = DesignView & {
  /** The shop's pictures by asset key. */
  assets: Record<string, ImageInfo>
  /** The visitor's pictures by upload id. */
  uploads: Record<string, ImageInfo>
  shaper: Shaper
}

/** What is being gathered while a plan is made, and the ground it stands on. */
export type PlanDraft = {
  input: PlanInput
  /** From millimetres in the print area to pixels. */
  matrix: Matrix
  clips: Clip[]
  /** The canvas's longer side in pixels, for the width of lines that are meant for the eye only. */
  extent: number
  images: PlannedImage[]
  steps: DrawStep[]
}
