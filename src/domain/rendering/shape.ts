// Text to outlines: HarfBuzz shapes it, the Unicode rules order and break it, and it comes out as one path in millimetres.
import { prepareText } from "../template/letter-case"
import { arcFit, arcText } from "./arc-text"
import { RenderError } from "./errors"
import { FontFace, type HarfBuzz, type MissingGlyph } from "./font-face"
import { bidiLevels } from "./runs"
import { straightFit, straightText } from "./straight-text"
import type { TextFit, TextOutline, TextRequest } from "./text-request"

export type { HarfBuzz, MissingGlyph } from "./font-face"
export type { TextFit, TextOutline, TextRequest } from "./text-request"

export interface Shaper {
  /** @throws RenderError `font_unknown` for a font that the shaper was not given */
  outline(request: TextRequest): TextOutline
  /** Whether the text fits at a size that it may have, for less. @throws RenderError `font_unknown` */
  fit(request: TextRequest): TextFit
  /** The characters of a text that the font cannot draw. */
  missingGlyphs(font: string, text: string): MissingGlyph[]
}

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
    outline(request) {
      const font = face(request.font)
      return request.arc ? arcText(font, request, request.arc) : straightText(font, request)
    },
    fit(request) {
      const font = face(request.font)
      return request.arc ? arcFit(font, request, request.arc) : straightFit(font, request)
    },
    missingGlyphs(font, text) {
      const prepared = prepareText(text, "as_typed")
      const line = { start: 0, end: prepared.length }
      return face(font).missing(prepared, face(font).shape(prepared, bidiLevels(prepared), line))
    },
  }
}
