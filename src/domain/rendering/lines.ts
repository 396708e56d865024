// Breaks a text into lines that fit a width, by the Unicode rules, without knowing how text is measured.
import LineBreaker from "linebreak"

/** UTF-16 positions; white space at a line's end is not part of it. */
export type Line = { start: number; end: number }

/** Where lines may break, computed once for a text and used for every size that is tried. */
export type Breaks = { position: number; required: boolean }[]

export function findBreaks(text: string): Breaks {
  const breaker = new LineBreaker(text)
  const breaks: Breaks = []
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    breaks.push({ position: next.position, required: next.required })
  }
  return breaks
}

/**
 * Fills lines greedily. A word wider than `width` gets a line of its own and sticks out; the caller measures that.
 *
 * @param wrap without it only the breaks that the text itself demands are taken
 * @param measure the width of a line, in the unit of `width`
 */
export function breakLines(
  text: string,
  breaks: Breaks,
  wrap: boolean,
  width: number,
  measure: (line: Line) => number
): Line[] {
  const lines: Line[] = []
  let start = 0
  let last = 0
  for (const { position, required } of breaks) {
    if (wrap && last > start && measure(trimmed(text, start, position)) > width) {
      lines.push(trimmed(text, start, last))
      start = last
    }
    if (required) {
      lines.push(trimmed(text, start, position))
      start = position
    }
    last = position
  }
  if (start < text.length || /\n$/.test(text) || lines.length === 0) {
    lines.push(trimmed(text, start, text.length))
  }
  return lines
}

function trimmed(text: string, start: number, end: number): Line {
  let last = end
  while (last > start && /\s/.test(text.charAt(last - 1))) {
    last--
  }
  return { start, end: last }
}
