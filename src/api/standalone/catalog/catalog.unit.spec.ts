// What a catalog request asks for, and how its answer looks on the wire.
import { readyAnswer } from "../../../lib/ready-cache"
import { readPersonalizationUrl, readProductsUrl } from "./ask"
import { httpAnswer } from "./http"

describe("readProductsUrl", () => {
  it.each([
    ["/products", { kind: "list", limit: 20, offset: 0 }],
    ["/products/?utm_source=x&fbclid=%", { kind: "list", limit: 20, offset: 0 }],
    ["/products?limit=5&offset=10", { kind: "list", limit: 5, offset: 10 }],
    ["/products?q=%20blue+mug%20", { kind: "list", limit: 20, offset: 0, q: "blue mug" }],
    ["/products?q=+", { kind: "list", limit: 20, offset: 0 }],
    ["/products?currency_code=EUR", { kind: "list", limit: 20, offset: 0, currency_code: "EUR" }],
    ["/products/caf%C3%A9?country_code=de", { kind: "product", id: "café", country_code: "de" }],
  ])("reads %s", (url, ask) => {
    expect(readProductsUrl(url)).toEqual(ask)
  })

  it.each([
    "/products?limit=0",
    "/products?limit=101",
    "/products?limit=1&limit=2",
    "/products?limit[]=1",
    "/products?currency_code=euro",
    `/products?q=${"x".repeat(201)}`,
    "/products?q=%00",
    "/products/%zz",
    "/products/%00",
    "/products/a/b",
    "/products//",
    "/productsx",
    "/Products",
    "/store/products",
  ])("leaves %s to the chain", (url) => {
    expect(readProductsUrl(url)).toBeUndefined()
  })
})

describe("readPersonalizationUrl", () => {
  it("reads the product and the region", () => {
    expect(readPersonalizationUrl("/store/products/mug/personalization?region_id=reg_1")).toEqual({
      kind: "personalization",
      id: "mug",
      region_id: "reg_1",
    })
    expect(readPersonalizationUrl("/store/products/mug")).toBeUndefined()
    expect(readPersonalizationUrl("/store/products//personalization")).toBeUndefined()
  })
})

describe("httpAnswer", () => {
  const answer = readyAnswer(200, { é: 1 })
  const policy = { cache_control: "public, max-age=0, s-maxage=60", vary: "Origin" }
  const ask = (ifNoneMatch?: string) =>
    httpAnswer(
      { answer, hit: true },
      ifNoneMatch === undefined ? {} : { "if-none-match": ifNoneMatch },
      policy
    )

  it("counts bytes, not characters", () => {
    expect(ask()).toEqual({
      status: 200,
      body: answer.body,
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": "8",
        ETag: answer.etag,
        "Cache-Control": "public, max-age=0, s-maxage=60",
        Vary: "Origin",
        "X-Cache": "HIT",
      },
    })
  })

  it.each([answer.etag, `W/${answer.etag}`, `"a,b", W/${answer.etag}`, "*", " * "])(
    "answers 304 to %s",
    (known) => {
      const { status, body, headers } = ask(known)
      expect({ status, body, etag: headers.ETag }).toEqual({ status: 304, etag: answer.etag })
      expect(headers).not.toHaveProperty("Content-Length")
    }
  )

  it.each(['"other"', answer.etag.replaceAll('"', ""), ""])("answers 200 to %s", (known) => {
    expect(ask(known).status).toBe(200)
  })

  it("lets nobody keep a 404, whatever is asked", () => {
    const missing = readyAnswer(404, { code: "product_not_found" })
    const { status, headers } = httpAnswer(
      { answer: missing, hit: true },
      { "if-none-match": "*" },
      policy
    )
    expect(status).toBe(404)
    expect(headers).toMatchObject({ "Cache-Control": "no-store" })
    expect(headers).not.toHaveProperty("ETag")
  })
})
