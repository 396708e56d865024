// Path data is understood to its last character, or refused with its place.
import fc from "fast-check"
import { pathFault } from "./path-data"

describe("pathFault", () => {
  it.each([
    "M0 0L10 0L10 10Z",
    "m0,0 10,0 10,10z",
    "M0 0h1v1H0V0z  ",
    "M.5-.5C1 1 2 2 3 3S4 4 5 5Q1 1 2 2T3 3",
    "M0 0A5 5 0 0 1 10 10a5,5,0,1,0,1e1,-1E-1z",
    "M0 , 0L10.333333333333334 5 , 3 3\f\r\n\tZ",
  ])("takes %s", (d) => {
    expect(pathFault(d)).toBeNull()
  })

  it.each([
    ["L0 0", "begins with M", 0],
    ["0 0", "without a command", 0],
    ["M0 0L1", "too few numbers", 6],
    ["M0 0L1Z", "too few numbers", 6],
    ["M0 0X1 1", "no command X", 4],
    ["M0 0L1 1#", "unknown character", 8],
    ["M0 0Z1", "without a command", 5],
    ["M0 0A1 1 0 01 1 1", "flag", 10],
    ["M0 0L1000001 0", "too large", 5],
    ["M0 0", "nothing is drawn", 4],
    ["   ", "nothing is drawn", 3],
    ["M0.1234567890123 0.1234567890123", "nothing is drawn", 32],
    ["M0,0L10,,0L10 10Z", "unknown character", 7],
    [",M0 0L10 0", "a comma", 0],
    ["M0 0L,10 0", "a comma", 5],
    ["M0 0L10 0,L10 10Z", "a comma", 9],
    ["M0 0L10 0Z,", "unknown character", 10],
    ["M0 0L1. 2L3 3", "unknown character", 6],
    ["M0\u00a00L1 1", "unknown character", 2],
    ["M0 0L1e100 1", "too large", 5],
    ["M0 0L0e43 1", "too large", 5],
    ["M0 0L1 NaN", "too few numbers", 6],
    ["M0 0L1 1NaN", "no command N", 8],
  ])("refuses %s", (d, reason, position) => {
    expect(pathFault(d)).toEqual({ reason: expect.stringContaining(reason), position })
  })

  it("comes to an end on anything", () => {
    const text = fc.string({ unit: fc.constantFrom(..."MLAZmz0123456789.,-+eE #"), maxLength: 60 })
    fc.assert(
      fc.property(text, (d) => {
        const fault = pathFault(d)
        expect(fault === null || (fault.position >= 0 && fault.position <= d.length)).toBe(true)
      }),
      { numRuns: 1000 }
    )
  })
})
