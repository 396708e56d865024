// Gathers glyph outlines into one path and the box around it.
import type { Point, Rectangle } from "./geometry"
import { type GlyphOutline, pointsOf } from "./glyph-outline"
import { formatNumber } from "./paths"

/** Gathers outlines of font units, y up, into path data of millimetres, y down. */
export class OutlinePath {
  private readonly parts: string[] = []
  private left = Infinity
  private top = Infinity
  private right = -Infinity
  private bottom = -Infinity

  /** @param place where a point of the outline lies, in millimetres */
  add(outline: GlyphOutline, place: (point: Point) => Point): void {
    for (const { type, values } of outline) {
      const numbers = pointsOf(values).map((point) => {
        const { x, y } = place(point)
        this.left = Math.min(this.left, x)
        this.right = Math.max(this.right, x)
        this.top = Math.min(this.top, y)
        this.bottom = Math.max(this.bottom, y)
        return `${formatNumber(x)} ${formatNumber(y)}`
      })
      this.parts.push(type + numbers.join(" "))
    }
  }

  /** Control points count too: a little larger than the ink for curves without points at their extremes. */
  get box(): Rectangle | null {
    return this.left > this.right
      ? null
      : {
          x: this.left,
          y: this.top,
          width: this.right - this.left,
          height: this.bottom - this.top,
        }
  }

  toString(): string {
    return this.parts.join("")
  }
}
