// What the fonts of a template say of a visitor's texts.
import type { FontChecks } from "../selection/text"
import { writtenText } from "./content"
import type { Shaper } from "./shape"
import { textRequest } from "./text-steps"

/** The checks of texts that need their fonts. */
export function fontChecks(shaper: Shaper): FontChecks {
  return {
    missing_glyphs: (font, text) => missingCharacters(shaper, font, text),
    text_fit: (zone, value) => shaper.fit(textRequest(writtenText(zone, value))),
  }
}

/** The characters of a text that the font cannot draw, line by line. @throws RenderError `font_unknown` */
export function missingCharacters(shaper: Shaper, font: string, text: string): string[] {
  return text
    .split("\n")
    .flatMap((line) => shaper.missingGlyphs(font, line).map(({ character }) => character))
}
