// Text to outlines: HarfBuzz shapes it, the Unicode rules order and break it, and it comes out as one path in millimetres.
import { RenderError } from "./errors"
import { FontFace, type HarfBuzz, type MissingGlyph, type ShapedLine } from "./font-face"
import { ptToMm, type Rectangle, type Size } from "./geometry"
import { type Breaks, breakLines, findBreaks, type Line } from "./lines"
import { OutlinePath } from "./outline-path"
import { bidiLevels } from "./runs"

export type { HarfBuzz, MissingGlyph } from "./font-face"

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
  align: "left" | "center" | "right"
  valign: "top" | "middle" | "bottom"
  letter_case: "as_typed" | "upper" | "lower"
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

export interface Shaper {
  /** @throws RenderError `font_unknown` for a font that the shaper was not given */
  outline(request: TextRequest): TextOutline
  /** The characters of a text that the font cannot draw. */
  missingGlyphs(font: string, text: string): MissingGlyph[]
}

/** Sizes are tried on this grid, so that a fit does not depend on rounding. */
const SIZE_STEP_PT = 0.1
/** A thousandth of a millimetre: lengths that differ less are equal. */
const TOLERANCE_MM = 0.001

/** Parsed fonts with their outlines, for as long as somebody holds the bytes. */
const faces = new WeakMap<Uint8Array, FontFace>()

/** A shaper for these fonts: whole TrueType or OpenType files, by key. */
export function createShaper(harfbuzz: HarfBuzz, fonts: Record<string, Uint8Array>): Shaper {
  const face = (key: string): FontFace => {
    const bytes = fonts[key]
    if (!bytes) {
      throw new RenderError("font_unknown", `The font "${key}" is not available.`, {
        params: { font: key },
      })
    }
    const known = faces.get(bytes) ?? new FontFace(harfbuzz, bytes)
    faces.set(bytes, known)
    return known
  }
  return {
    outline: (request) => new TextLayout(face(request.font), request).outline(),
    missingGlyphs(font, text) {
      const prepared = prepareText(text, "as_typed")
      const line = { start: 0, end: prepared.length }
      return face(font).missing(prepared, face(font).shape(prepared, bidiLevels(prepared), line))
    },
  }
}

/** Canonical composition, one kind of line end, and the zone's letter case by rules that no locale changes. */
function prepareText(text: string, letterCase: TextRequest["letter_case"]): string {
  const plain = text.normalize("NFC").replace(/\r\n?/g, "\n")
  if (letterCase === "upper") {
    return plain.toUpperCase()
  }
  return letterCase === "lower" ? plain.toLowerCase() : plain
}

/** One text in one frame: chooses the size and the lines, then draws them. */
class TextLayout {
  private readonly text: string
  private readonly levels: Uint8Array
  private readonly breaks: Breaks
  /** Shaping does not depend on the size, so lines are shaped once for all sizes that are tried. */
  private readonly shaped = new Map<string, ShapedLine>()

  constructor(
    private readonly face: FontFace,
    private readonly request: TextRequest
  ) {
    this.text = prepareText(request.text, request.letter_case)
    this.levels = bidiLevels(this.text)
    this.breaks = findBreaks(this.text)
  }

  outline(): TextOutline {
    const { size, lines, overflow } = this.chooseSize()
    const path = new OutlinePath()
    const { frame, valign, align } = this.request
    const scale = ptToMm(size) / this.face.unitsPerEm
    const free = frame.height - this.height(lines.length, scale)
    let baseline =
      this.face.ascender * scale + (valign === "top" ? 0 : valign === "bottom" ? free : free / 2)
    for (const line of lines) {
      const shaped = this.shape(line)
      const rest = frame.width - shaped.width * scale
      const left = align === "left" ? 0 : align === "right" ? rest : rest / 2
      for (const glyph of shaped.glyphs) {
        const x = left + glyph.x * scale
        const y = baseline - glyph.y * scale
        for (const { type, values } of this.face.glyphOutline(glyph.id)) {
          path.add(type, values, x, y, scale)
        }
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

  /** Font units from one baseline to the next. */
  private get lineHeight(): number {
    return this.face.ascender - this.face.descender + this.face.lineGap
  }

  private height(lines: number, scale: number): number {
    return (lines * this.lineHeight - this.face.lineGap) * scale
  }

  /** The largest size on the grid that fits, or the smallest allowed one with its overflow. */
  private chooseSize(): { size: number; lines: Line[]; overflow: boolean } {
    const { size, min_size: minSize, auto_fit: autoFit } = this.request
    const wanted = this.attempt(size)
    if (!wanted.overflow || !autoFit || minSize >= size) {
      return wanted
    }
    let best = this.attempt(minSize)
    if (best.overflow) {
      return best
    }
    let low = 0
    let high = Math.ceil((size - minSize) / SIZE_STEP_PT)
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      const tried = this.attempt(Math.round((minSize + middle * SIZE_STEP_PT) * 100) / 100)
      if (tried.overflow) {
        high = middle
      } else {
        low = middle
        best = tried
      }
    }
    return best
  }

  private attempt(size: number): { size: number; lines: Line[]; overflow: boolean } {
    const { frame, max_lines: maxLines } = this.request
    const scale = ptToMm(size) / this.face.unitsPerEm
    const width = (line: Line) => this.shape(line).width * scale
    const lines = breakLines(this.text, this.breaks, maxLines > 1, frame.width, width)
    const overflow =
      lines.length > maxLines ||
      this.height(lines.length, scale) > frame.height + TOLERANCE_MM ||
      lines.some((line) => width(line) > frame.width + TOLERANCE_MM)
    return { size, lines, overflow }
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
