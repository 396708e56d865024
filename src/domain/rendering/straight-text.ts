// Text in straight lines: chooses the size and the lines, then places the glyphs.
import { prepareText } from "../template/letter-case"
import type { FontFace, ShapedLine } from "./font-face"
import { ptToMm } from "./geometry"
import { breakLines, findBreaks, type Line } from "./lines"
import { OutlinePath } from "./outline-path"
import { bidiLevels } from "./runs"
import {
  type TextFit,
  type TextOutline,
  type TextRequest,
  textBox,
  TOLERANCE_MM,
} from "./text-request"
import { anySize, chooseSize } from "./text-size"

type Layout = { size: number; lines: Line[]; overflow: boolean }

/** A text in lines that fit the frame's width where there may be several. */
export function straightText(face: FontFace, request: TextRequest): TextOutline {
  return new StraightText(face, request).outline()
}

/** Whether it fits at a size that it may have. */
export function straightFit(face: FontFace, request: TextRequest): TextFit {
  return new StraightText(face, request).fit()
}

class StraightText {
  private readonly text: string
  private readonly levels: Uint8Array
  /** Shaping does not depend on the size, so lines are shaped once for all sizes that are tried. */
  private readonly shaped = new Map<string, ShapedLine>()

  constructor(
    private readonly face: FontFace,
    private readonly request: TextRequest
  ) {
    this.text = prepareText(request.text, request.letter_case)
    this.levels = bidiLevels(this.text)
  }

  outline(): TextOutline {
    const { size, lines, overflow } = chooseSize(this.request, this.layout())
    const path = new OutlinePath()
    const box = textBox(this.request)
    const scale = ptToMm(size) / this.face.unitsPerEm
    const { align, valign } = this.request
    const free = box.height - this.height(lines.length, scale)
    let baseline =
      box.y +
      this.face.ascender * scale +
      (valign === "top" ? 0 : valign === "bottom" ? free : free / 2)
    for (const line of lines) {
      const shaped = this.shape(line)
      const rest = box.width - shaped.width * scale
      const left = box.x + (align === "left" ? 0 : align === "right" ? rest : rest / 2)
      for (const glyph of shaped.glyphs) {
        const x = left + glyph.x * scale
        const y = baseline - glyph.y * scale
        path.add(this.face.glyphOutline(glyph.id), (point) => ({
          x: x + point.x * scale,
          y: y - point.y * scale,
        }))
      }
      baseline += this.lineHeight * scale
    }
    return {
      d: path.toString(),
      ink: path.box,
      size,
      lines: lines.length,
      overflow,
      missing: this.face.missing(this.text, ...lines.map((line) => this.shape(line))),
    }
  }

  fit(): TextFit {
    const { size, overflow } = anySize(this.request, this.layout())
    return { size, overflow }
  }

  /** Lays the text out at a size. */
  private layout(): (size: number) => Layout {
    const { max_lines: maxLines } = this.request
    const box = textBox(this.request)
    const breaks = findBreaks(this.text)
    return (size) => {
      const scale = ptToMm(size) / this.face.unitsPerEm
      const width = (line: Line) => this.shape(line).width * scale
      const lines = breakLines(this.text, breaks, maxLines > 1, box.width, width)
      const overflow =
        lines.length > maxLines ||
        this.height(lines.length, scale) > box.height + TOLERANCE_MM ||
        lines.some((line) => width(line) > box.width + TOLERANCE_MM)
      return { size, lines, overflow }
    }
  }

  /** Font units from one baseline to the next. */
  private get lineHeight(): number {
    return this.face.ascender - this.face.descender + this.face.lineGap
  }

  private height(lines: number, scale: number): number {
    return (lines * this.lineHeight - this.face.lineGap) * scale
  }

  private shape(line: Line): ShapedLine {
    const key = `${line.start}:${line.end}`
    let shaped = this.shaped.get(key)
    if (!shaped) {
      shaped = this.face.shape(this.text, this.levels, line)
      this.shaped.set(key, shaped)
    }
    return shaped
  }
}
