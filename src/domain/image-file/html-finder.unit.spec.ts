import fc from "fast-check"
import { HtmlFinder } from "./html-finder"

function found(text: string, ...cuts: number[]): boolean {
  const bytes = Buffer.from(text, "latin1")
  const finder = new HtmlFinder()
  const ends = [...cuts, bytes.length]
  return ends
    .map((end, index) => finder.push(bytes.subarray(cuts[index - 1] ?? 0, end)))
    .some(Boolean)
}

const PAGES = [
  "<html>",
  "<HtMl lang=de>",
  "<script>",
  "<SCRIPT\nsrc=x>",
  "<script/x>",
  "<iframe src=x>",
  "<object data=x>",
  "<!doctype html>",
  "<!DOCTYPE        HTML",
  "<?php echo 1",
]

describe("HtmlFinder", () => {
  it.each(PAGES)("finds %s", (page) => {
    expect(found(`\xff\xd8\xff\0\0${page}\0\0`)).toBe(true)
  })

  it.each([
    "<htm>",
    "<htmlx",
    "html>",
    "<scripts>",
    "<svg onload=x>",
    "<x:xmpmeta>",
    "&lt;script&gt;",
  ])("lets %s be", (text) => {
    expect(found(`\0\0${text}\0\0`)).toBe(false)
  })

  it("finds a page wherever it is cut", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PAGES),
        fc.nat(70_000),
        fc.array(fc.nat(70_040), { maxLength: 6 }),
        (page, at, cuts) => {
          const text = `${"\xe9".repeat(at)}${page}${"\xe9".repeat(20)}`
          const places = cuts.filter((cut) => cut < text.length).sort((a, b) => a - b)
          expect(found(text, ...places)).toBe(true)
        }
      ),
      { numRuns: 100 }
    )
  })
})
