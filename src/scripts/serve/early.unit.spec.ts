// The early refusals: which targets pass, which are refused, and what goes over the wire.
import { createServer, request, type IncomingMessage, type Server } from "node:http"
import { connect, type AddressInfo } from "node:net"
import { AppError } from "../../lib/errors"
import { answerFor, onClientError } from "./client-error"
import { answerEarly, type EarlyHandler } from "./early"
import { MAX_URL_BYTES, refuseMalformedUrl } from "./malformed-url"

const ask = (url: string) => refuseMalformedUrl({ method: "GET", url, headers: {} })

describe("refuseMalformedUrl", () => {
  it.each(["/", "/products/caf%C3%A9", "/products?q=100%", "/products?q=%E0%A4%A", "/%25", "*"])(
    "lets %s pass",
    (url) => {
      expect(ask(url)).toBeUndefined()
    }
  )

  it.each([
    ["/products/%", "percent-escape"],
    ["/products/%zz?q=1", "percent-escape"],
    ["/products/%FF", "percent-escape"],
    ["/products/a%00b", "NUL"],
    ["/products?q=%00", "NUL"],
  ])("refuses %s", (url, reason) => {
    const error = ask(url)
    expect(error).toMatchObject({ type: "invalid_data", code: "malformed_url", status: 400 })
    expect(error?.message).toContain(reason)
  })

  it("takes the longest target and refuses one byte more", () => {
    expect(ask("/".padEnd(MAX_URL_BYTES, "a"))).toBeUndefined()
    expect(ask("/".padEnd(MAX_URL_BYTES + 1, "a"))?.message).toContain(String(MAX_URL_BYTES))
  })
})

describe("answerFor", () => {
  it("tells an endless URL from large headers", () => {
    const url = Buffer.from(`GET /${"a".repeat(40_000)}`)
    const headers = Buffer.from(`GET / HTTP/1.1\r\nX: ${"a".repeat(40_000)}`)
    expect(answerFor({ code: "HPE_HEADER_OVERFLOW", rawPacket: url })).toMatch(
      /^HTTP\/1.1 400 .*malformed_url/s
    )
    expect(answerFor({ code: "HPE_HEADER_OVERFLOW", rawPacket: headers })).toMatch(
      /^HTTP\/1.1 431 .*headers_too_large/s
    )
  })

  it("says nothing to a client that is gone", () => {
    expect(answerFor({ code: "ECONNRESET" })).toBeUndefined()
  })
})

describe("on a real server", () => {
  const teapot: EarlyHandler = ({ headers }) =>
    headers["x-refuse"]
      ? new AppError("too_many_requests", "slow_down", "Slow down.", {
          headers: { "Retry-After": "3" },
        })
      : undefined
  let server: Server
  let port: number

  beforeAll(async () => {
    server = createServer({ maxHeaderSize: 16_384 }, (req, res) => {
      if (!answerEarly([refuseMalformedUrl, teapot], req, res)) {
        res.end("passed")
      }
    })
    server.on("clientError", onClientError)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  function get(path: string, method = "GET", headers = {}) {
    return new Promise<{ res: IncomingMessage; text: string }>((resolve, reject) => {
      const req = request({ port, host: "127.0.0.1", path, method, headers }, (res) => {
        let text = ""
        res.on("data", (chunk) => (text += chunk))
        res.on("end", () => resolve({ res, text }))
      })
      req.on("error", reject)
      req.end()
    })
  }

  function raw(bytes: string) {
    return new Promise<string>((resolve, reject) => {
      let text = ""
      const socket = connect(port, "127.0.0.1", () => socket.write(bytes))
      socket.on("data", (chunk) => (text += chunk))
      socket.on("close", () => resolve(text))
      socket.on("error", reject)
    })
  }

  it("answers JSON and closes", async () => {
    const { res, text } = await get("/products/%E0%A4%A")
    expect(res.statusCode).toBe(400)
    expect(res.headers["content-type"]).toBe("application/json; charset=utf-8")
    expect(res.headers.connection).toBe("close")
    expect(JSON.parse(text)).toEqual({
      type: "invalid_data",
      code: "malformed_url",
      message: "The URL has a malformed percent-escape in its path.",
    })
  })

  it("answers HEAD without a body, and carries an error's own headers", async () => {
    const { res, text } = await get("/", "HEAD", { "X-Refuse": "1" })
    expect([res.statusCode, res.headers["retry-after"], text]).toEqual([429, "3", ""])
  })

  it("lets the rest pass", async () => {
    expect((await get("/products?q=%")).text).toBe("passed")
  })

  it("answers JSON to what is not HTTP and to endless URLs", async () => {
    expect(await raw("nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 .*"malformed_request"/s)
    expect(await raw(`GET /${"a".repeat(20_000)}`)).toMatch(/^HTTP\/1.1 400 .*"malformed_url"/s)
  })
})
