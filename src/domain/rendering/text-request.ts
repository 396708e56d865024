// What is asked of a shaper, and what comes of it.
import type { LetterCase } from "../template/letter-case"
import type { Arc } from "./arc"
import type { MissingGlyph } from "./font-face"
import type { Rectangle, Size } from "./geometry"

/** A text and the frame it has to fill. Sizes in points, lengths in millimetres. */
export type TextRequest = {
  text: string
  font: string
  size: number
  /** Down to where `auto_fit` may shrink. */
  min_size: number
  auto_fit: boolean
  max_lines: number
  frame: Size
  /** Kept free on each side of the frame, for what is drawn around the letters. */
  inset: number
  align: "left" | "center" | "right"
  valign: "top" | "middle" | "bottom"
  letter_case: LetterCase
  /** Sets the text in one line on a circle. */
  arc: { radius_mm: number; direction: Arc["direction"] } | null
}

/** Whether a text fits its frame. */
export type TextFit = {
  /** A size that was tried, in points: one that fits, if any does. */
  size: number
  /** Whether the text does not fit its frame, or needs more lines than it may have. */
  overflow: boolean
}

export type TextOutline = {
  /** SVG path data in millimetres from the frame's top left corner; filled by the nonzero rule. */
  d: string
  /** The box of the inked outlines, or null when nothing is inked. */
  ink: Rectangle | null
  /** The size that was used, in points. */
  size: number
  lines: number
  /** Whether the text does not fit its frame, or needs more lines than it may have. */
  overflow: boolean
  missing: MissingGlyph[]
}

/** A thousandth of a millimetre: lengths that differ less are equal. */
export const TOLERANCE_MM = 0.001

/** The part of the frame that letters may fill. */
export function textBox({ frame, inset }: TextRequest): Rectangle {
  return {
    x: inset,
    y: inset,
    width: Math.max(0, frame.width - 2 * inset),
    height: Math.max(0, frame.height - 2 * inset),
  }
}
