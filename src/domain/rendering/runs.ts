// Cuts a line of text into runs of one direction and one script, in the order in which they are seen.
import bidiFactory from "bidi-js"

const bidi = bidiFactory()

/** UTF-16 positions in the whole text; `script` is an ISO 15924 tag, absent when no letter tells. */
export type Run = { start: number; end: number; level: number; script: string | undefined }

const SCRIPTS: readonly (readonly [tag: string, pattern: RegExp])[] = [
  ["Latn", /\p{Script=Latin}/u],
  ["Arab", /\p{Script=Arabic}/u],
  ["Hebr", /\p{Script=Hebrew}/u],
  ["Cyrl", /\p{Script=Cyrillic}/u],
  ["Grek", /\p{Script=Greek}/u],
  ["Hani", /\p{Script=Han}/u],
  ["Hira", /\p{Script=Hiragana}/u],
  ["Kana", /\p{Script=Katakana}/u],
  ["Hang", /\p{Script=Hangul}/u],
  ["Deva", /\p{Script=Devanagari}/u],
  ["Beng", /\p{Script=Bengali}/u],
  ["Taml", /\p{Script=Tamil}/u],
  ["Thai", /\p{Script=Thai}/u],
  ["Geor", /\p{Script=Georgian}/u],
  ["Armn", /\p{Script=Armenian}/u],
  ["Ethi", /\p{Script=Ethiopic}/u],
]

/** The embedding level of every UTF-16 unit; odd ones run right to left. Each paragraph finds its own direction. */
export function bidiLevels(text: string): Uint8Array {
  return bidi.getEmbeddingLevels(text, "auto").levels
}

/** The runs of `text` between two positions, leftmost first. */
export function visualRuns(text: string, levels: Uint8Array, start: number, end: number): Run[] {
  const runs: Run[] = []
  for (let at = start; at < end;) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
    const script = SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0]
    const level = levels[at] ?? 0
    const next = Math.min(end, at + character.length)
    const last = runs.at(-1)
    // Digits, spaces and marks have no script of their own and stay with their neighbours.
    if (last?.level === level && (!script || !last.script || last.script === script)) {
      last.end = next
      last.script ??= script
    } else {
      runs.push({ start: at, end: next, level, script })
    }
    at = next
  }
  return reorder(runs)
}

/** Rule L2 of UAX #9: from the highest level down to the lowest odd one, turn round every stretch at or above it. */
function reorder(runs: Run[]): Run[] {
  const ordered = [...runs]
  const highest = Math.max(0, ...runs.map((run) => run.level))
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < ordered.length; from++) {
      let to = from
      while ((ordered[to]?.level ?? -1) >= level) {
        to++
      }
      if (to > from) {
        ordered.splice(from, to - from, ...ordered.slice(from, to).reverse())
        from = to
      }
    }
  }
  return ordered
}
