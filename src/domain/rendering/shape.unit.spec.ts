import { sampleShaper } from "./__tests__/shaper"
import { RenderError } from "./errors"
import type { Shaper, TextRequest } from "./shape"

const REQUEST: TextRequest = {
  text: "Ada",
  font: "inter",
  size: 24,
  min_size: 8,
  auto_fit: true,
  max_lines: 1,
  frame: { width: 100, height: 30 },
  inset: 0,
  align: "left",
  valign: "top",
  letter_case: "as_typed",
  arc: null,
}

let shaper: Shaper

beforeAll(async () => {
  shaper = await sampleShaper()
})

function outline(change: Partial<TextRequest>) {
  return shaper.outline({ ...REQUEST, ...change })
}

function inkOf(change: Partial<TextRequest>) {
  const { ink } = outline(change)
  if (!ink) {
    throw new Error("nothing was inked")
  }
  return ink
}

describe("Latin text", () => {
  it("is kerned", () => {
    const apart = inkOf({ text: "A" }).width + inkOf({ text: "V" }).width
    expect(inkOf({ text: "AV", font: "playfair" }).width).toBeLessThan(
      inkOf({ text: "A", font: "playfair" }).width + inkOf({ text: "V", font: "playfair" }).width
    )
    expect(inkOf({ text: "AV" }).width).toBeLessThan(apart)
  })

  it("has the size that was asked for: capitals of Inter are 0.727 em high", () => {
    const em = (24 / 72) * 25.4
    expect(inkOf({ text: "H" }).height).toBeCloseTo(0.727 * em, 1)
  })

  it("is aligned inside its frame", () => {
    const left = inkOf({ align: "left" })
    const center = inkOf({ align: "center" })
    const right = inkOf({ align: "right" })
    expect(left.x).toBeLessThan(1)
    expect(center.x + center.width / 2).toBeCloseTo(50, 0)
    expect(right.x + right.width).toBeGreaterThan(99)
    const top = inkOf({ valign: "top" })
    const middle = inkOf({ valign: "middle" })
    const bottom = inkOf({ valign: "bottom" })
    expect(top.y).toBeLessThan(middle.y)
    expect(middle.y + middle.height / 2).toBeCloseTo(15, 0)
    expect(bottom.y).toBeGreaterThan(middle.y)
  })

  it("follows the zone's letter case", () => {
    expect(outline({ text: "straße", letter_case: "upper" }).d).toBe(outline({ text: "STRASSE" }).d)
    expect(outline({ text: "ADA", letter_case: "lower" }).d).toBe(outline({ text: "ada" }).d)
  })

  it("is the same composed and decomposed", () => {
    expect(outline({ text: "Zoe\u0308" }).d).toBe(outline({ text: "Zo\u00eb" }).d)
  })

  it("is nothing when there is nothing to ink", () => {
    expect(outline({ text: "  " })).toMatchObject({ d: "", ink: null, overflow: false })
  })
})

describe("Arabic text", () => {
  it("joins its letters, which are narrower and other shapes than alone", () => {
    const alone = [..."سلام"].reduce((sum, text) => sum + inkOf({ text, font: "cairo" }).width, 0)
    const word = inkOf({ text: "سلام", font: "cairo" })
    expect(word.width).toBeLessThan(alone)
    // A zero-width non-joiner keeps letters apart.
    expect(outline({ text: "بب", font: "cairo" }).d).not.toBe(
      outline({ text: "ب\u200cب", font: "cairo" }).d
    )
  })

  it("runs from right to left: what is added comes on the left", () => {
    const subpaths = (text: string) =>
      outline({ text, font: "cairo", auto_fit: false })
        .d.split("Z")
        .filter(Boolean)
        .map((part) => Number(/^M(-?[\d.]+)/.exec(part)?.[1]))
    const one = subpaths("ا")
    const two = subpaths("ا د")
    expect(one).toHaveLength(1)
    // The first letter, alef, is now the rightmost outline.
    expect(Math.max(...two)).toBeGreaterThan(Math.max(...one))
    const wide = inkOf({ text: "ا د", font: "cairo" })
    const alef = inkOf({ text: "ا", font: "cairo" })
    expect(Math.max(...two)).toBeGreaterThan(wide.x + wide.width - alef.width - 0.5)
  })

  it("puts what follows it on its left, and keeps Latin words and numbers readable", () => {
    const rightToLeft = outline({ text: "سلام Ada 12", font: "cairo" })
    const leftToRight = outline({ text: "Ada 12 سلام", font: "cairo" })
    expect(rightToLeft.missing).toEqual([])
    expect(rightToLeft.d).toBe(leftToRight.d)
  })
})

describe("characters that a font does not have", () => {
  it("are named, once each, and nothing stands in for them silently", () => {
    expect(outline({ text: "Hi 漢漢 ☃️" }).missing).toContainEqual({
      character: "漢",
      code_point: "U+6F22",
    })
    expect(shaper.missingGlyphs("inter", "a漢b漢\nc")).toEqual([
      { character: "漢", code_point: "U+6F22" },
    ])
    expect(shaper.missingGlyphs("cairo", "سلام")).toEqual([])
    expect(shaper.missingGlyphs("playfair", "سلام")).toHaveLength(4)
  })

  it("an unknown font is an error that names it", () => {
    expect(() => outline({ font: "comic" })).toThrow(RenderError)
    expect(() => outline({ font: "comic" })).toThrow(/"comic"/)
  })
})

describe("auto-fit", () => {
  it("shrinks just enough", () => {
    const long = "A rather long dedication"
    const fitted = outline({ text: long, frame: { width: 60, height: 30 } })
    expect(fitted.size).toBeLessThan(24)
    expect(fitted.overflow).toBe(false)
    const larger = outline({
      text: long,
      frame: { width: 60, height: 30 },
      size: fitted.size + 0.2,
      auto_fit: false,
    })
    expect(larger.overflow).toBe(true)
  })

  it("also fits the height", () => {
    const fitted = outline({ text: "Ada", frame: { width: 100, height: 5 } })
    expect(fitted.size).toBeLessThan(12.5)
    expect(fitted.overflow).toBe(false)
  })

  it("stops at the smallest size and says that the text overflows", () => {
    const text = "much too long for this frame, at any size that can be read"
    const fitted = outline({ text, frame: { width: 20, height: 10 } })
    expect(fitted).toMatchObject({ size: 8, overflow: true })
  })

  it("leaves the size alone when it is off", () => {
    const fitted = outline({
      text: "A rather long dedication",
      frame: { width: 60, height: 30 },
      auto_fit: false,
    })
    expect(fitted).toMatchObject({ size: 24, overflow: true })
  })
})

describe("lines", () => {
  const frame = { width: 60, height: 60 }

  it("wrap at words when the zone has several", () => {
    const wrapped = outline({ text: "For my dear mother", frame, max_lines: 4 })
    expect(wrapped).toMatchObject({ size: 24, lines: 2, overflow: false })
    expect(outline({ text: "For my dear mother", frame }).lines).toBe(1)
  })

  it("never break inside a word: the text shrinks instead", () => {
    const word = outline({ text: "Donaudampfschifffahrt", frame, max_lines: 4 })
    expect(word.lines).toBe(1)
    expect(word.size).toBeLessThan(24)
  })

  it("break where the visitor did", () => {
    const three = outline({ text: "one\r\ntwo\nthree", frame, max_lines: 3 })
    expect(three.lines).toBe(3)
    expect(three.ink?.height).toBeGreaterThan(2 * 24 * 0.3528)
    expect(outline({ text: "one\ntwo", frame, max_lines: 1 }).overflow).toBe(true)
  })

  it("are aligned one by one", () => {
    const right = outline({ text: "i\nwwwww", frame, max_lines: 2, align: "right" })
    const first = Number(/^M(-?[\d.]+)/.exec(right.d)?.[1])
    expect(first).toBeGreaterThan(55)
  })
})
