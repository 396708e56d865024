// How large a print file may be.
import type { Issue } from "../issue"
import type { PrintArea } from "./definition"
import { issue, type Path } from "./findings"

/**
 * The largest print file. Skia's surfaces end at 32,767 pixels a side; 64 megapixels are a 50 x 70 cm poster at 300 DPI with
 * room to spare and take about 0.5 GB while they are encoded.
 */
export const PRINT_LIMITS = { side: 32_767, pixels: 64_000_000 } as const

const MM_PER_INCH = 25.4

/** The print file's size: the print area and its bleed on every side, in whole pixels at the placement's DPI. */
export function printSize(area: PrintArea): { width: number; height: number } {
  const pixels = (side: number) =>
    Math.max(1, Math.round(((side + 2 * area.bleed_mm) / MM_PER_INCH) * area.dpi))
  return { width: pixels(area.width_mm), height: pixels(area.height_mm) }
}

/** An issue for a print area whose file would be too large. */
export function printLimitIssue(area: PrintArea, path: Path): Issue | null {
  const { width, height } = printSize(area)
  const { side, pixels } = PRINT_LIMITS
  return Math.max(width, height) <= side && width * height <= pixels
    ? null
    : issue(
        [...path, "dpi"],
        "print_too_large",
        `${path.join(".")}: the print file would have ${width} x ${height} pixels; at most ${side} a side and ${pixels} in all are possible.`,
        { width, height, max_side: side, max_pixels: pixels }
      )
}
