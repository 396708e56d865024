// Reads a pattern's source into a tree; pattern.ts says what the language means.
import { DEFINITION_LIMITS } from "./limits"

/** What is wrong with a pattern, as a part of a sentence, and where (in UTF-16 units). */
export type PatternFault = { fault: string; position: number }

export type PatternNode =
  | { type: "one"; test: (codePoint: number) => boolean }
  | { type: "sequence"; parts: PatternNode[] }
  | { type: "choice"; parts: PatternNode[] }
  /** `max` null: without end. */
  | { type: "repeat"; part: PatternNode; min: number; max: number | null }

type Test = (codePoint: number) => boolean

/** The largest number in braces; no text of a zone is longer. */
const MAX_REPEAT = DEFINITION_LIMITS.textGraphemes
const LINE_FEED = 10

/** Thrown inside this file only, to leave the recursion. */
class Refused {
  constructor(readonly fault: PatternFault) {}
}

/** The tree of a pattern, or its first fault. Never throws. */
export function parsePattern(source: string): PatternNode | PatternFault {
  if (source.length > DEFINITION_LIMITS.patternLength) {
    return { fault: `it is over ${DEFINITION_LIMITS.patternLength} characters long`, position: 0 }
  }
  const reader = new Reader(source)
  try {
    const tree = choice(reader)
    if (reader.peek() === ")") {
      refuse("a closing bracket without an opening one", reader.position)
    }
    return tree
  } catch (error) {
    if (error instanceof Refused) {
      return error.fault
    }
    throw error
  }
}

function refuse(fault: string, position: number): never {
  throw new Refused({ fault, position })
}

/** Goes through a source by code points. */
class Reader {
  position = 0
  constructor(private readonly source: string) {}

  peek(): string {
    const codePoint = this.source.codePointAt(this.position)
    return codePoint === undefined ? "" : String.fromCodePoint(codePoint)
  }

  next(): string {
    const character = this.peek()
    this.position += character.length
    return character
  }

  accept(character: string): boolean {
    const accepted = this.peek() === character
    if (accepted) {
      this.next()
    }
    return accepted
  }
}

function choice(reader: Reader): PatternNode {
  const parts = [sequence(reader)]
  while (reader.accept("|")) {
    parts.push(sequence(reader))
  }
  const [only] = parts
  return only && parts.length === 1 ? only : { type: "choice", parts }
}

function sequence(reader: Reader): PatternNode {
  const parts: PatternNode[] = []
  while (!["", "|", ")"].includes(reader.peek())) {
    parts.push(repeated(atom(reader), reader))
  }
  return { type: "sequence", parts }
}

function atom(reader: Reader): PatternNode {
  const start = reader.position
  const character = reader.next()
  switch (character) {
    case "(": {
      const inner = choice(reader)
      if (!reader.accept(")")) {
        refuse("a group that is not closed", start)
      }
      return inner
    }
    case "[":
      return { type: "one", test: characterClass(reader, start) }
    case ".":
      return { type: "one", test: (codePoint) => codePoint !== LINE_FEED }
    case "\\":
      return { type: "one", test: escape(reader, start).test }
    case "?":
    case "*":
    case "+":
    case "{":
      return refuse(`${character} without anything to repeat`, start)
    case "]":
    case "}":
      return refuse(`${character} without its opening bracket; write \\${character}`, start)
    case "^":
    case "$":
      return refuse(
        `the pattern always stands for the whole text, so leave ${character} out or write \\${character}`,
        start
      )
    default:
      return { type: "one", test: exactly(character) }
  }
}

function repeated(part: PatternNode, reader: Reader): PatternNode {
  const start = reader.position
  const times = quantifier(reader, start)
  if (!times) {
    return part
  }
  if (["?", "*", "+", "{"].includes(reader.peek())) {
    refuse("two repetitions in a row; put brackets around the first", reader.position)
  }
  return { type: "repeat", part, ...times }
}

function quantifier(reader: Reader, start: number): { min: number; max: number | null } | null {
  if (reader.accept("?")) {
    return { min: 0, max: 1 }
  }
  if (reader.accept("*")) {
    return { min: 0, max: null }
  }
  if (reader.accept("+")) {
    return { min: 1, max: null }
  }
  if (!reader.accept("{")) {
    return null
  }
  const min = number(reader, start)
  const open = reader.accept(",")
  const max = !open ? min : reader.peek() === "}" ? null : number(reader, start)
  if (!reader.accept("}")) {
    refuse("a repetition that is not {2}, {2,} or {2,4}", start)
  }
  if (max !== null && max < min) {
    refuse("a repetition whose numbers decrease", start)
  }
  if (Math.max(min, max ?? 0) > MAX_REPEAT) {
    refuse(`a repetition of more than ${MAX_REPEAT} times`, start)
  }
  return { min, max }
}

function number(reader: Reader, start: number): number {
  let digits = ""
  while (/^[0-9]$/.test(reader.peek())) {
    digits += reader.next()
  }
  return digits === ""
    ? refuse("a repetition that is not {2}, {2,} or {2,4}", start)
    : Number(digits)
}

/** What an escape stands for; `single` is its code point, where it is one character. */
function escape(reader: Reader, start: number): { test: Test; single: number | null } {
  const character = reader.next()
  switch (character) {
    case "d":
      return { test: (codePoint) => codePoint >= 0x30 && codePoint <= 0x39, single: null }
    case "l":
      return { test: hasProperty(/^[\p{L}\p{M}]$/u), single: null }
    case "s":
      return { test: hasProperty(/^\s$/u), single: null }
    case "n":
      return { test: exactly("\n"), single: LINE_FEED }
    case "":
      return refuse("a backslash at the end", start)
    default:
      if (/^[a-zA-Z0-9]$/.test(character)) {
        return refuse(`\\${character} has no meaning; there are \\d, \\l, \\s and \\n`, start)
      }
      return { test: exactly(character), single: character.codePointAt(0) ?? 0 }
  }
}

function exactly(character: string): Test {
  const wanted = character.codePointAt(0)
  return (codePoint) => codePoint === wanted
}

function hasProperty(property: RegExp): Test {
  return remembered((codePoint) => property.test(String.fromCodePoint(codePoint)))
}

/** Code points whose answer a test keeps, so that a long class costs its length once for each, not at every step. */
const MAX_REMEMBERED = 1000

function remembered(test: Test): Test {
  const known = new Map<number, boolean>()
  return (codePoint) => {
    const answer = known.get(codePoint) ?? test(codePoint)
    if (known.size < MAX_REMEMBERED) {
      known.set(codePoint, answer)
    }
    return answer
  }
}

/** The inside of `[...]`. A `-` stands for itself at either end. */
function characterClass(reader: Reader, start: number): Test {
  const negated = reader.accept("^")
  const tests: Test[] = []
  while (!reader.accept("]")) {
    const position = reader.position
    const from = member(reader, start)
    if (reader.peek() !== "-" || from.single === null) {
      tests.push(from.test)
      continue
    }
    reader.next()
    if (reader.peek() === "]") {
      tests.push(from.test, exactly("-"))
      continue
    }
    const to = member(reader, start)
    const [first, last] = [from.single, to.single]
    if (last === null || first > last) {
      refuse("a range whose end does not come after its start", position)
    } else {
      tests.push((codePoint) => codePoint >= first && codePoint <= last)
    }
  }
  if (tests.length === 0) {
    refuse("an empty class", start)
  }
  return remembered((codePoint) => tests.some((test) => test(codePoint)) !== negated)
}

function member(reader: Reader, start: number): { test: Test; single: number | null } {
  const position = reader.position
  const character = reader.next()
  if (character === "") {
    return refuse("a class that is not closed", start)
  }
  if (character === "\\") {
    return escape(reader, position)
  }
  if (character === "[") {
    return refuse("[ inside of a class; write \\[", position)
  }
  return { test: exactly(character), single: character.codePointAt(0) ?? 0 }
}
