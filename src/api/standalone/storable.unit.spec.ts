// U+0000, halves of surrogate pairs and bottomless nesting are found wherever they are.
import { unstorable } from "./storable"

describe("unstorable", () => {
  it("finds nothing in what can be stored", () => {
    expect(unstorable({ a: ["x", 1, null, { b: true }] }, [])).toEqual([])
  })

  it("names the place of U+0000", () => {
    const found = unstorable({ item: { ids: ["ok", "a\u0000b"] } }, [])
    expect(found).toMatchObject([{ path: ["item", "ids", 1], code: "refused_character" }])
    expect(unstorable({ "a\u0000": 1 }, [])).toHaveLength(1)
  })

  it("names the place of half a surrogate pair, and lets whole ones be", () => {
    const found = unstorable({ labels: ["\u{1f600}", "a\ud800b", "\udc00\ud800"] }, [])
    expect(found.map(({ path }) => path)).toEqual([
      ["labels", 2],
      ["labels", 1],
    ])
    expect(unstorable({ "\ude00": 1 }, [])).toMatchObject([{ code: "refused_character" }])
  })

  it("ends at nesting that is too deep, without exhausting the stack", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`)
    expect(unstorable(deep, [])).toMatchObject([{ code: "too_deep" }])
  })

  it("names the place of a key that would become a prototype", () => {
    const label: unknown = JSON.parse('{"label":[{"__proto__":{"__proto__":1},"en":"y"}]}')
    expect(unstorable(label, [])).toEqual([
      {
        path: ["label", 0, "__proto__"],
        code: "unknown_field",
        message: "label.0.__proto__ is not a known field.",
      },
    ])
    expect(unstorable({ key: "__proto__" }, [])).toEqual([])
  })

  it("names the place of a key that hides a method which workflows call", () => {
    expect(unstorable({ metadata: { hasOwnProperty: "x", toString: "y" } }, [])).toMatchObject([
      { path: ["metadata", "hasOwnProperty"], code: "unknown_field" },
    ])
  })

  it("ends at 200 faults, and sooner when their places are long to tell", () => {
    const texts = Array.from({ length: 10_000 }, () => "\u0000")
    expect(unstorable({ texts }, [])).toHaveLength(200)
    const found = unstorable({ ["x".repeat(90_000)]: texts }, [])
    expect(found.length).toBeGreaterThan(0)
    expect(JSON.stringify(found).length).toBeLessThan(300_000)
  })
})
