// The safe pattern language: what the whole text of a zone must look like. Read by pattern-syntax.ts, matched here.
import { parsePattern, type PatternFault, type PatternNode } from "./pattern-syntax"

export type { PatternFault } from "./pattern-syntax"

/** Steps of a compiled pattern, with every repetition written out: `(ab){20}` takes 40. */
export const MAX_PATTERN_STEPS = 512

export type CompiledPattern = {
  /** Whether the whole text looks like the pattern. Time grows with the text's length times `size`, never faster. */
  matches(text: string): boolean
  /** The same, with the ways into states that were taken: at most twice `size` for each character. */
  run(text: string): { matched: boolean; steps: number }
  /** The steps of the pattern, as `MAX_PATTERN_STEPS` counts them. */
  size: number
  /** The characters of the shortest text that looks like the pattern. */
  shortest: number
}

type State =
  | { op: "take"; test: (codePoint: number) => boolean; next: number }
  | { op: "split"; next: readonly number[] }
  | { op: "end" }

/**
 * Compiles a pattern, or says what is wrong with it and where (a position in UTF-16 units).
 *
 * The language is a small part of what regular expressions have, with the same signs:
 * - `A` itself; `.` any character but a line break; `\d` a digit 0-9; `\l` a letter of any script, or a mark on one; `\s` white
 *   space; `\n` a line break; `\` before punctuation takes away its meaning;
 * - `[A-Z0-9-]` one of, `[^...]` none of; `(ab|cd)` one of several;
 * - `?` at most once, `*` any number, `+` at least once, `{3}`, `{2,}`, `{2,4}` behind a character, a class or a group.
 *
 * The pattern always stands for the whole text. Characters are Unicode code points, and case matters. There is no
 * back-tracking: all ways through the pattern are followed at once (K. Thompson, "Regular Expression Search Algorithm",
 * CACM 11(6), 1968), so no pattern and no text can take long.
 */
export function compilePattern(source: string): CompiledPattern | PatternFault {
  const parsed = parsePattern(source)
  if ("fault" in parsed) {
    return parsed
  }
  // Counted before anything is written out: repetitions multiply.
  const size = stepsOf(parsed) + 1
  if (size > MAX_PATTERN_STEPS) {
    return { fault: `it repeats too much (over ${MAX_PATTERN_STEPS} steps)`, position: 0 }
  }
  const states: State[] = [{ op: "end" }]
  const start = build(parsed, 0, states)
  const run = (text: string) => simulate(states, start, text)
  return { run, matches: (text) => run(text).matched, size, shortest: shortestOf(parsed) }
}

/** The states that `build` makes, or more; a choice counts every way into it, empty ones too, since each is followed. */
function stepsOf(node: PatternNode): number {
  switch (node.type) {
    case "one":
      return 1
    case "sequence":
      return sum(node.parts)
    case "choice":
      return sum(node.parts) + node.parts.length
    case "repeat": {
      // A copy counts although its part may be empty, because writing it out takes time all the same.
      const copy = Math.max(1, stepsOf(node.part))
      return node.max === null ? copy * (node.min + 1) + 1 : copy * node.max + node.max - node.min
    }
  }
}

function shortestOf(node: PatternNode): number {
  switch (node.type) {
    case "one":
      return 1
    case "sequence":
      return node.parts.reduce((total, part) => total + shortestOf(part), 0)
    case "choice":
      return Math.min(...node.parts.map(shortestOf))
    case "repeat":
      return node.min * shortestOf(node.part)
  }
}

function sum(parts: PatternNode[]): number {
  return parts.reduce((total, part) => total + stepsOf(part), 0)
}

/** Adds the states of a node that go on to `next`; returns where they begin. Built from the end backwards. */
function build(node: PatternNode, next: number, states: State[]): number {
  switch (node.type) {
    case "one":
      return states.push({ op: "take", test: node.test, next }) - 1
    case "sequence":
      return node.parts.reduceRight((after, part) => build(part, after, states), next)
    case "choice":
      return (
        states.push({ op: "split", next: node.parts.map((part) => build(part, next, states)) }) - 1
      )
    case "repeat":
      return buildRepeat(node, next, states)
  }
}

function buildRepeat(
  { part, min, max }: Extract<PatternNode, { type: "repeat" }>,
  next: number,
  states: State[]
): number {
  let start = next
  if (max === null) {
    // The loop's own state is made first, because its body leads back to it.
    const choices = [next]
    start = states.push({ op: "split", next: choices }) - 1
    choices.push(build(part, start, states))
  } else {
    for (let optional = min; optional < max; optional++) {
      start = states.push({ op: "split", next: [build(part, start, states), next] }) - 1
    }
  }
  for (let required = 0; required < min; required++) {
    start = build(part, start, states)
  }
  return start
}

function simulate(
  states: State[],
  start: number,
  text: string
): { matched: boolean; steps: number } {
  // The round in which a state was entered last: each is entered once a round, whatever loops lead to it.
  const entered = new Int32Array(states.length).fill(-1)
  let steps = 0
  let active: number[] = []
  const enter = (first: number, round: number, into: number[]) => {
    const open = [first]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      steps++
      if (entered[id] === round) {
        continue
      }
      entered[id] = round
      const state = states[id]
      if (state?.op === "split") {
        open.push(...state.next)
      } else {
        into.push(id)
      }
    }
  }
  let round = 0
  enter(start, round, active)
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    const following: number[] = []
    round++
    for (const id of active) {
      const state = states[id]
      if (state?.op === "take" && state.test(codePoint)) {
        enter(state.next, round, following)
      }
    }
    active = following
    if (active.length === 0) {
      return { matched: false, steps }
    }
  }
  return { matched: active.some((id) => states[id]?.op === "end"), steps }
}
