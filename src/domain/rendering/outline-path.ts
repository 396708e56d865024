// Gathers glyph outlines into one path and the box around it.
import type { Rectangle } from "./geometry"
import { formatNumber } from "./paths"

/** Gathers outlines of font units, y up, into path data of millimetres, y down. */
export class OutlinePath {
  private readonly parts: string[] = []
  private left = Infinity
  private top = Infinity
  private right = -Infinity
  private bottom = -Infinity

  add(type: string, values: number[], x: number, y: number, scale: number): void {
    const numbers = values.map((value, index) => {
      const across = index % 2 === 0
      const position = across ? x + value * scale : y - value * scale
      if (across) {
        this.left = Math.min(this.left, position)
        this.right = Math.max(this.right, position)
      } else {
        this.top = Math.min(this.top, position)
        this.bottom = Math.max(this.bottom, position)
      }
      return formatNumber(position)
    })
    this.parts.push(type + numbers.join(" "))
  }

  /** Control points count too: a little larger than the ink for curves without points at their extremes. */
  get box(): Rectangle | null {
    return this.parts.length === 0
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
