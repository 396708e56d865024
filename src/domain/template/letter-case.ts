// A text as it is printed: one form of every character, one kind of line end, the zone's letter case.

export type LetterCase = "as_typed" | "upper" | "lower" | "title"

/**
 * The first letter of each run between blanks and hyphens, after opening marks; not after digits ("3rd"). Georgian has
 * capitals for whole words only.
 */
const WORD_START = /(?<![^\s\p{Pd}])([^\s\p{Pd}\p{L}\p{N}]*)(?!\p{Script=Georgian})(\p{Ll})/gu

/**
 * Canonical composition, line feeds, and the letter case by rules that the reader's locale does not change. Capitals are
 * those of Greek, which lose their accents; for every other script these rules are the common ones.
 */
export function prepareText(text: string, letterCase: LetterCase): string {
  const plain = text.normalize("NFC").replace(/\r\n?/g, "\n")
  switch (letterCase) {
    case "as_typed":
      return plain
    case "upper":
      return plain.toLocaleUpperCase("el")
    case "lower":
      return plain.toLowerCase()
    case "title":
      return plain.replace(WORD_START, (_, marks: string, letter: string) => marks + title(letter))
  }
}

/** One letter as it begins a word: where its capital form has several letters ("ß"), only the first is large. */
function title(letter: string): string {
  const [first = "", ...rest] = letter.toUpperCase()
  return first + rest.join("").toLowerCase()
}
