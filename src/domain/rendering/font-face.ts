// One font file as HarfBuzz sees it: shaping, metrics and glyph outlines, all in the font's own units.
import type * as harfbuzzjs from "harfbuzzjs" with { "resolution-mode": "import" }
import type { Line } from "./lines"
import { type GlyphOutline, pointsOf } from "./glyph-outline"
import { type Run, visualRuns } from "./runs"

/** What is used of the `harfbuzzjs` package, which is ESM only: the caller imports it. */
export type HarfBuzz = Pick<
  typeof harfbuzzjs,
  "Blob" | "Face" | "Font" | "Buffer" | "Direction" | "shape"
>

/** A character that the font cannot draw, once for each different one. */
export type MissingGlyph = { character: string; code_point: string }

/** `x` and `y`: where its outline's origin lies on the line, whose origin is its left end. */
export type Glyph = {
  id: number
  /** UTF-16 position of its letter; a letter's marks share it. */
  cluster: number
  x: number
  y: number
  advance: number
  /** Whether it runs into its neighbours, as in Arabic or in a script typeface. */
  joined: boolean
}
export type ShapedLine = { glyphs: Glyph[]; width: number }

/** Scripts whose letters are written together. */
const JOINED_SCRIPTS: ReadonlySet<string> = new Set(["Arab", "Deva", "Beng"])
/** Letters that touch in a script typeface, and in no other. */
const JOINING_SAMPLE = "nun"

/** One font: shaping and glyph outlines in its own units. */
export class FontFace {
  readonly unitsPerEm: number
  readonly ascender: number
  readonly descender: number
  readonly lineGap: number
  private readonly font: InstanceType<HarfBuzz["Font"]>
  private readonly outlines = new Map<number, GlyphOutline>()
  private joins: boolean | undefined

  constructor(
    private readonly harfbuzz: HarfBuzz,
    bytes: Uint8Array
  ) {
    const face = new harfbuzz.Face(new harfbuzz.Blob(bytes))
    this.font = new harfbuzz.Font(face)
    this.unitsPerEm = face.upem
    const extents = this.font.hExtents()
    this.ascender = extents.ascender
    this.descender = extents.descender
    this.lineGap = extents.lineGap
  }

  shape(text: string, levels: Uint8Array, line: Line): ShapedLine {
    const glyphs: Glyph[] = []
    let width = 0
    for (const run of visualRuns(text, levels, line.start, line.end)) {
      const joined = JOINED_SCRIPTS.has(run.script ?? "") || this.joinsLetters
      for (const glyph of this.shapeRun(text, run)) {
        glyphs.push({ ...glyph, x: glyph.x + width, joined })
        width += glyph.advance
      }
    }
    return { glyphs, width }
  }

  private shapeRun(text: string, run: Run): Omit<Glyph, "joined">[] {
    const { Buffer, Direction, shape } = this.harfbuzz
    const buffer = new Buffer()
    // The whole text goes along as context, so that Arabic letters join across a change of script.
    buffer.addText(text, run.start, run.end - run.start)
    buffer.setDirection(run.level % 2 === 1 ? Direction.RTL : Direction.LTR)
    buffer.setScript(run.script ?? "Zyyy")
    // HarfBuzz would ask the process for its locale; the same design must look the same everywhere.
    buffer.setLanguage("und")
    shape(this.font, buffer)
    return buffer.getGlyphInfosAndPositions().map((glyph) => ({
      id: glyph.codepoint,
      cluster: glyph.cluster,
      x: glyph.xOffset ?? 0,
      y: glyph.yOffset ?? 0,
      advance: glyph.xAdvance ?? 0,
    }))
  }

  /** Whether the font is a script typeface, whose Latin letters touch. Fonts do not say so themselves. */
  private get joinsLetters(): boolean {
    this.joins ??= this.sampleTouches()
    return this.joins
  }

  private sampleTouches(): boolean {
    const run = { start: 0, end: JOINING_SAMPLE.length, level: 0, script: "Latn" }
    let pen = 0
    let edge = Infinity
    for (const { id, x, advance } of this.shapeRun(JOINING_SAMPLE, run)) {
      const xs = this.glyphOutline(id).flatMap(({ values }) => pointsOf(values).map((p) => p.x))
      if (id === 0 || xs.length === 0 || pen + x + Math.min(...xs) > edge) {
        return false
      }
      edge = pen + x + Math.max(...xs)
      pen += advance
    }
    return true
  }

  glyphOutline(id: number): GlyphOutline {
    let outline = this.outlines.get(id)
    if (!outline) {
      outline = this.font.glyphToJson(id)
      this.outlines.set(id, outline)
    }
    return outline
  }

  /** Glyph 0 is what a font gives for a character it does not have. */
  missing(text: string, ...lines: ShapedLine[]): MissingGlyph[] {
    const found = new Map<number, MissingGlyph>()
    for (const { id, cluster } of lines.flatMap((line) => line.glyphs)) {
      const code = text.codePointAt(cluster)
      if (id === 0 && code !== undefined && code !== 0x0a && !found.has(code)) {
        found.set(code, {
          character: String.fromCodePoint(code),
          code_point: `U+${code.toString(16).toUpperCase().padStart(4, "0")}`,
        })
      }
    }
    return [...found.values()]
  }
}
