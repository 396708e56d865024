// Working through lists in pieces: all of it, once, and it ends.
import { chunks, eachPage } from "./pages"

describe("eachPage", () => {
  it("passes over what the work leaves", async () => {
    const rows = [1, 2, 3, 4, 5]
    const seen: number[][] = []
    await eachPage<number>(
      async (after) => rows.filter((row) => row > (after ?? 0)).slice(0, 2),
      async (page) => {
        seen.push(page)
      }
    )
    expect(seen).toEqual([[1, 2], [3, 4], [5]])
  })

  it("does nothing with nothing", async () => {
    await eachPage<number>(
      async () => [],
      () => Promise.reject(new Error("there was a page"))
    )
  })
})

describe("chunks", () => {
  it("has every entry once", () => {
    expect(chunks([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
    expect(chunks([], 2)).toEqual([])
  })
})
