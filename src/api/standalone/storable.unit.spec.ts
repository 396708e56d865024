// U+0000 and bottomless nesting are found wherever they are.
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

  it("ends at nesting that is too deep, without exhausting the stack", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`)
    expect(unstorable(deep, [])).toMatchObject([{ code: "too_deep" }])
  })
})
