// Text and JSON that Postgres takes.
import fc from "fast-check"
import { storableJson, storableText, truncateBytes } from "./storable"

describe("storableText", () => {
  it("replaces U+0000 and nothing else", () => {
    expect(storableText("a\u0000b\u0001")).toBe("a\ufffdb\u0001")
  })
})

describe("storableJson", () => {
  it("replaces U+0000 in values and keys, but not the text of an escape", () => {
    const value = { "k\u0000": ["\u0000\u0000", "\\u0000", "\\\u0000", "ok"] }
    expect(JSON.parse(storableJson(value))).toEqual({
      "k\ufffd": ["\ufffd\ufffd", "\\u0000", "\\\ufffd", "ok"],
    })
  })

  it("leaves everything else as it was", () => {
    const characters = fc.constantFrom("\\", "u", "0", '"', "\u0000", "x", "\n")
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 20 }), (text) => {
        const read: unknown = JSON.parse(storableJson([text]))
        expect(read).toEqual([storableText(text)])
      })
    )
  })
})

describe("truncateBytes", () => {
  it("cuts between characters", () => {
    expect(truncateBytes("abc", 3)).toBe("abc")
    expect(truncateBytes("aé", 2)).toBe("a")
    expect(truncateBytes("😀😀", 7)).toBe("😀")
    expect(truncateBytes("abc", 0)).toBe("")
  })
})
