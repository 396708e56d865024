import { matchesTag, parseRange } from "./conditions"

describe("parseRange", () => {
  it.each([
    ["bytes=0-3", { start: 0, end: 3 }],
    ["bytes=4-", { start: 4, end: 9 }],
    ["bytes=-3", { start: 7, end: 9 }],
    ["bytes=-30", { start: 0, end: 9 }],
    ["bytes=9-99", { start: 9, end: 9 }],
    ["bytes=10-", "unsatisfiable"],
    ["bytes=-0", "unsatisfiable"],
    ["bytes=3-2", null],
    ["bytes=-", null],
    ["bytes=0-1,4-5", null],
    ["items=0-1", null],
    [undefined, null],
  ])("reads %s of ten bytes", (header, range) => {
    expect(parseRange(header, 10)).toEqual(range)
  })
})

describe("matchesTag", () => {
  it.each([
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    ["*", true],
    ['"b"', false],
    ["a", false],
    [undefined, false],
  ])("%s", (header, matches) => {
    expect(matchesTag(header, '"a"')).toBe(matches)
  })
})
