// Patterns mean what regular expressions with the same signs mean, and take no longer than states times characters.
import fc from "fast-check"
import { compilePattern, MAX_PATTERN_STEPS, type CompiledPattern } from "./pattern"

function compiled(source: string): CompiledPattern {
  const pattern = compilePattern(source)
  if ("fault" in pattern) {
    throw new Error(`${source}: ${pattern.fault} at ${pattern.position}`)
  }
  return pattern
}

/** A pattern and what it means: the positions in a text that it can end at, from those that it may begin at. */
type Meaning = { source: string; ends: (text: string[], starts: Set<number>) => Set<number> }

/** One character, judged by a regular expression of its own. Texts are judged without any, as theirs may never end. */
function single(source: string): Meaning {
  const expression = new RegExp(`^(?:${source})$`, "u")
  return {
    source,
    ends: (text, starts) =>
      new Set([...starts].filter((at) => expression.test(text[at] ?? "")).map((at) => at + 1)),
  }
}

function repeat({ source, ends }: Meaning, [sign, min, max]: [string, number, number]): Meaning {
  return {
    source: source + sign,
    ends: (text, starts) => {
      let reached = starts
      for (let times = 0; times < min; times++) {
        reached = ends(text, reached)
      }
      for (let times = min; times < Math.min(max, text.length + min + 1); times++) {
        reached = new Set([...reached, ...ends(text, reached)])
      }
      return reached
    },
  }
}

const CHARACTERS = [
  "a",
  "b",
  "B",
  "0",
  "-",
  " ",
  "é",
  "\u{1F600}",
  "\\.",
  "\\[",
  "\\\\",
  "\\n",
  ".",
  "\\d",
  "\\s",
]
const CLASSES = [
  "[a-c]",
  "[^a]",
  "[b0-]",
  "[-a]",
  "[\\d\\s]",
  "[^\\]\\-b]",
  "[\u{1F600}-\u{1F610}]",
]
const TIMES: [string, number, number][] = [
  ["", 1, 1],
  ["", 1, 1],
  ["?", 0, 1],
  ["*", 0, Infinity],
  ["+", 1, Infinity],
  ["{2}", 2, 2],
  ["{0}", 0, 0],
  ["{1,}", 1, Infinity],
  ["{0,2}", 0, 2],
  ["{1,3}", 1, 3],
]
const { choice: patterns } = fc.letrec<{ choice: Meaning; sequence: Meaning; atom: Meaning }>(
  (tie) => ({
    atom: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom(...CHARACTERS, ...CLASSES).map(single),
      tie("choice").map(({ source, ends }) => ({ source: `(${source})`, ends }))
    ),
    sequence: fc
      .array(fc.tuple(tie("atom"), fc.constantFrom(...TIMES)), { maxLength: 3 })
      .map((items) => items.map(([atom, times]) => repeat(atom, times)))
      .map((parts) => ({
        source: parts.map(({ source }) => source).join(""),
        ends: (text, starts) => parts.reduce((at, { ends }) => ends(text, at), starts),
      })),
    choice: fc.array(tie("sequence"), { minLength: 1, maxLength: 3 }).map((branches) => ({
      source: branches.map(({ source }) => source).join("|"),
      ends: (text, starts) => new Set(branches.flatMap(({ ends }) => [...ends(text, starts)])),
    })),
  })
)
const texts = fc
  .array(fc.constantFrom("a", "b", "B", "c", "0", "-", " ", "é", "\u{1F600}", "\n", ".", "["), {
    maxLength: 8,
  })
  .map((characters) => characters.join(""))

describe("compilePattern", () => {
  it.each([
    ["[A-Z]{1,3}-\\d{4}", ["M-1234", "MUC-0000"], ["m-1234", "MUCX-0000", "M-123", "M-12345"]],
    ["\\l+( \\l+)*", ["Zoë", "Ωmega क्षि", "e\u0301"], ["", "a  b", "R2D2"]],
    ["(Mr|Mrs|Dr)\\. .*", ["Dr. No", "Mr. "], ["Prof. X", "Dr. \n"]],
    ["", [""], ["a"]],
    ["[^0-9]*", ["", "a\nb"], ["a1"]],
    ["a{2,}", ["aa", "aaaaa"], ["a", ""]],
    ["\u{1F600}{2}", ["\u{1F600}\u{1F600}"], ["\u{1F600}"]],
  ])("%s", (source, matching, others) => {
    const pattern = compiled(source)
    expect(matching.filter((text) => !pattern.matches(text))).toEqual([])
    expect(others.filter((text) => pattern.matches(text))).toEqual([])
  })

  it("means what its signs mean in regular expressions, on any text", () => {
    let compared = 0
    fc.assert(
      fc.property(
        patterns,
        fc.array(texts, { minLength: 6, maxLength: 6 }),
        ({ source, ends }, examples) => {
          const pattern = compilePattern(source)
          if ("fault" in pattern) {
            expect(pattern.fault).toMatch(/repeats too much|characters long/)
            return
          }
          compared += examples.length
          const wrong = examples.filter((text) => {
            const characters = [...text]
            return pattern.matches(text) !== ends(characters, new Set([0])).has(characters.length)
          })
          expect({ source, wrong }).toEqual({ source, wrong: [] })
        }
      ),
      { numRuns: 1500 }
    )
    expect(compared).toBeGreaterThan(5000)
  })

  it.each([
    "(a*)*b",
    "(a|a)*b",
    "(a|aa)+",
    "((a?){20})*b",
    "(.*.*.*)*x",
    "(a+)+b",
    `(${"|".repeat(80)}){3}b`,
    `((${"|".repeat(30)}a){10})*b`,
  ])("%s goes no more ways than twice its steps, times the characters", (source) => {
    const pattern = compiled(source)
    const text = "a".repeat(2000)
    const { matched, steps } = pattern.run(text)
    expect(steps).toBeLessThanOrEqual(2 * pattern.size * (text.length + 1))
    expect(matched).toBe(source === "(a|aa)+")
  })

  it("writes no more states out than are allowed, and refuses before it would", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200, unit: fc.constantFrom(..."ab(){}[]0129,*+?|\\d.-") }),
        (source) => {
          const pattern = compilePattern(source)
          if ("fault" in pattern) {
            expect(pattern.fault).not.toBe("")
            expect(pattern.position).toBeLessThanOrEqual(source.length)
          } else {
            expect(pattern.size).toBeLessThanOrEqual(MAX_PATTERN_STEPS)
            expect(typeof pattern.matches(source)).toBe("boolean")
          }
        }
      ),
      { numRuns: 2000 }
    )
    expect(compilePattern(`((.${"|".repeat(180)}){250})*`)).toHaveProperty("fault")
    const nested = `${"(".repeat(20)}a${"{99})".repeat(20)}`
    expect(compilePattern(nested)).toEqual({
      fault: `it repeats too much (over ${MAX_PATTERN_STEPS} steps)`,
      position: 0,
    })
  })

  it.each([
    ["(ab", 0, "not closed"],
    ["ab)", 2, "closing bracket"],
    ["[ab", 0, "not closed"],
    ["[]", 0, "empty class"],
    ["[a[b]", 2, "inside of a class"],
    ["[z-a]", 1, "range"],
    ["[a-\\d]", 1, "range"],
    ["a**", 2, "two repetitions"],
    ["*a", 0, "anything to repeat"],
    ["a{2", 1, "{2,4}"],
    ["a{x}", 1, "{2,4}"],
    ["a{3,2}", 1, "decrease"],
    ["a{501}", 1, "500"],
    ["a}", 1, "opening bracket"],
    ["^a", 0, "whole text"],
    ["a$", 1, "whole text"],
    ["\\q", 0, "no meaning"],
    ["a\\", 1, "backslash"],
    ["a".repeat(201), 0, "200"],
  ])("refuses %s", (source, position, words) => {
    expect(compilePattern(source)).toEqual({ position, fault: expect.stringContaining(words) })
  })
})
