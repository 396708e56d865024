// Graphemes are what a reader counts, and counting ends where it may.
import { countGraphemes, graphemesOf, isBlank, isPlain, visibleGraphemes } from "./graphemes"

describe("countGraphemes", () => {
  it.each([
    ["", 0],
    ["abc", 3],
    ["a\nb", 2],
    ["e\u0301\n👩\u200d👩\u200d👧 क्षि", 4],
    ["🇩🇪🇫🇷", 2],
  ])("%j has %i", (text, count) => {
    expect(countGraphemes(text)).toBe(count)
  })

  it("stops one after its limit", () => {
    expect([countGraphemes("x".repeat(100), 5), countGraphemes("é".repeat(100), 5)]).toEqual([6, 6])
    expect([countGraphemes("xxxxx", 5), countGraphemes("ééééé", 5)]).toEqual([5, 5])
  })
})

describe("visibleGraphemes", () => {
  it.each([
    ["", 0],
    ["e\u0301", 1],
    ["👨‍👩‍👧🇩🇪", 2],
    ["a b\u00a0\n", 2],
    ["한국", 2],
    ["a\u200bb\u2060\u00ad", 2],
  ])("of %j are %d", (text, count) => {
    expect(visibleGraphemes(text)).toBe(count)
  })
})

it("isBlank knows what prints nothing", () => {
  const blank = ["", " \n\u00a0\u3000", "\u200b", "\u2060\u00ad\u200e", "\u200d \u034f", "\u3164"]
  expect(blank.filter((text) => !isBlank(text))).toEqual([])
  expect([".", "\u200b.", "क\u094d\u200d"].filter(isBlank)).toEqual([])
})

it("graphemesOf gives the parts that make up the text", () => {
  for (const text of ["plain text\n!", "é👍🏽\r\nก็"]) {
    expect([...graphemesOf(text)].join("")).toBe(text)
  }
  expect([...graphemesOf("👍🏽a")]).toEqual(["👍🏽", "a"])
})

it("isPlain knows printable ASCII and line feeds", () => {
  expect(["", "a ~\n"].filter((text) => !isPlain(text))).toEqual([])
  expect(["é", "\r\n", "\t"].filter(isPlain)).toEqual([])
})
