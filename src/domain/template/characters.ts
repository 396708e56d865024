// Named sets of characters that a text zone may allow.

/** The names, as the template language has them. */
export const CHARACTER_SETS = [
  "latin",
  "latin_basic",
  "greek",
  "cyrillic",
  "arabic",
  "hebrew",
  "devanagari",
  "thai",
  "cjk",
  "digits",
  "punctuation",
  "symbols",
  "emoji",
] as const

export type CharacterSet = (typeof CHARACTER_SETS)[number]

export function charactersIssue(_zone: unknown, _at: unknown): null {
  return null
}
