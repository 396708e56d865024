// Characters as readers count them.

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" })

/** The number of grapheme clusters (UAX #29), what a reader counts as characters. */
export function graphemes(text: string): number {
  return [...segmenter.segment(text)].length
}

/** The number of grapheme clusters that are more than white space. */
export function visibleGraphemes(text: string): number {
  return [...segmenter.segment(text)].filter(({ segment }) => segment.trim() !== "").length
}
