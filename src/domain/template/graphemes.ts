// Texts as readers count them: in grapheme clusters (UAX #29).

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" })
/** Printable ASCII and line feeds: every code unit is a grapheme, and looking them up is not needed. */
const PLAIN = /^[\x20-\x7e\n]*$/

/** White space, and what Unicode says is not drawn at all: joiners, soft hyphens, marks of direction. */
const BLANK = /^[\s\p{Default_Ignorable_Code_Point}]*$/u

/** Whether a text prints nothing. */
export function isBlank(text: string): boolean {
  return BLANK.test(text)
}

/** Whether the characters of a text are its code units, which makes it cheap to judge. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text)
}

/** The graphemes of a text, one after the other, so that a long text need not be read to its end. */
export function* graphemesOf(text: string): Generator<string> {
  if (PLAIN.test(text)) {
    yield* text
    return
  }
  for (const { segment } of segmenter.segment(text)) {
    yield segment
  }
}

/** The number of graphemes of a text without its line feeds, counted up to `limit` + 1. */
export function countGraphemes(text: string, limit = Infinity): number {
  const letters = text.replaceAll("\n", "")
  if (PLAIN.test(letters)) {
    return Math.min(letters.length, limit + 1)
  }
  let count = 0
  for (const _ of graphemesOf(letters)) {
    count++
    if (count > limit) {
      break
    }
  }
  return count
}

/** The number of graphemes of a text that print something. */
export function visibleGraphemes(text: string): number {
  let count = 0
  for (const grapheme of graphemesOf(text)) {
    count += isBlank(grapheme) ? 0 : 1
  }
  return count
}
