// Pictures of a product: what is stored, what changes, what is refused.
import { parseOptions } from "../../lib/options"
import { mediaChange, mediaIssues, storedUrl } from "./media"

const options = parseOptions({
  secret: "s".repeat(32),
  public_url: "https://shop.example",
})
const stored = {
  thumbnail: "/files/a",
  images: [
    { id: "img_a", url: "/files/a" },
    { id: "img_b", url: "https://cdn.example/b.png" },
  ],
}

describe("media", () => {
  it("stores our own files without the host, and others as they are", () => {
    expect(storedUrl(options, "https://shop.example/files/a")).toBe("/files/a")
    expect(storedUrl(options, "/files/a")).toBe("/files/a")
    expect(storedUrl(options, "https://shop.example.evil/files/a")).toMatch(/evil/)
    expect(storedUrl(options, "https://shop.example/static/a")).toBe(
      "https://shop.example/static/a"
    )
    const known = ["/static/a"]
    expect(storedUrl(options, "https://shop.example/static/a", known)).toBe("/static/a")
  })

  it("finds no change in what a read showed", () => {
    const shown = ["https://shop.example/files/a", "https://cdn.example/b.png"]
    expect(mediaChange(options, stored, shown)).toBeNull()
    expect(mediaChange(options, { thumbnail: "/files/t", images: [] }, ["/files/t"])).toBeNull()
  })

  it("keeps the ids of pictures that stay, and a thumbnail among them", () => {
    const given = ["https://cdn.example/b.png", "https://shop.example/files/c", "/files/a"]
    expect(mediaChange(options, stored, given)).toEqual({
      images: [
        { id: "img_b", url: "https://cdn.example/b.png" },
        { url: "/files/c" },
        { id: "img_a", url: "/files/a" },
      ],
      thumbnail: "/files/a",
    })
  })

  it("moves the thumbnail when its picture goes, unless it was chosen apart", () => {
    expect(mediaChange(options, stored, ["https://cdn.example/b.png"])?.thumbnail).toBe(
      "https://cdn.example/b.png"
    )
    expect(mediaChange(options, stored, [])).toEqual({ images: [], thumbnail: null })
    const apart = { ...stored, thumbnail: "/files/listing" }
    expect(mediaChange(options, apart, ["/files/a"])?.thumbnail).toBe("/files/listing")
  })

  it.each([
    "javascript:alert(1)",
    "data:image/png;base64,AA",
    "//cdn.example/a.png",
    "/etc/passwd",
    "/files/../admin",
    "https://",
    "https://a.example/a b.png",
    "ftp://a.example/a.png",
  ])("refuses %s, unless it is stored already", (url) => {
    expect(mediaIssues(options, ["https://ok.example/a", url])).toMatchObject([
      { path: ["media", 1], code: "invalid_url" },
    ])
    expect(mediaIssues(options, [url], [url])).toEqual([])
  })
})
