// The guarded client: what it refuses without opening a socket, and how it behaves towards a real server.
import { createServer, type RequestListener, type Server } from "node:http"
import net, { type AddressInfo } from "node:net"
import { EgressClient } from "./egress"
import { isPublicAddress } from "./egress-addresses"

const PRIVATE_ADDRESSES = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.1.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "::ffff:7f00:1",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b::808:808",
  "64:ff9b:1::a00:1",
  "100::1",
  "2001::1",
  "2001:10::1",
  "2001:db8::1",
  "2002:7f00:1::1",
  "3fff::1",
  "5f00::1",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
]

const PUBLIC_ADDRESSES = [
  "1.1.1.1",
  "8.8.8.8",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.1",
  "172.15.255.255",
  "172.32.0.0",
  "192.0.1.0",
  "192.167.255.255",
  "198.17.255.255",
  "198.20.0.0",
  "223.255.255.255",
  "2606:4700:4700::1111",
  "2a00:1450:4001:81b::200e",
  "2001:4860:4860::8888",
]

/** Spellings of private addresses in URLs. */
const PRIVATE_URLS = [
  "https://127.0.0.1/",
  "https://127.1/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0x7f.1/",
  "https://0177.0.0.1/",
  "https://0/",
  "https://[::1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[0:0:0:0:0:ffff:a9fe:a9fe]/",
  "https://[64:ff9b::169.254.169.254]/",
  "https://169.254.169.254/latest/meta-data",
  "https://１２７.0.0.1/",
  "https://127。0。0。1/",
  "https://[fd00::1]:8443/",
  "https://100.64.0.1/",
  "https://224.0.0.1/",
]

describe("isPublicAddress", () => {
  it.each(PRIVATE_ADDRESSES)("refuses %s", (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
  it.each(PUBLIC_ADDRESSES)("lets %s through", (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
  it.each(["", "localhost", "1.2.3", "1.2.3.4.5"])("refuses %p, which is no address", (text) => {
    expect(isPublicAddress(text)).toBe(false)
  })
})

describe("without opening a socket", () => {
  let connect: jest.SpyInstance
  beforeEach(() => {
    connect = jest.spyOn(net.Socket.prototype, "connect")
  })
  afterEach(() => {
    expect(connect).not.toHaveBeenCalled()
    connect.mockRestore()
  })

  it.each(PRIVATE_URLS)("refuses %s", async (url) => {
    const client = new EgressClient()
    expect(client.checkUrl(url)[0]).toMatchObject({ path: ["url"], code: "address_refused" })
    expect(await client.post(url, {}, "{}")).toMatchObject({
      ok: false,
      stage: "prepare",
      code: "address_refused",
    })
  })

  it.each([
    ["http://example.com/", "insecure_url"],
    ["ftp://example.com/", "insecure_url"],
    ["file:///etc/passwd", "insecure_url"],
    ["https://user:pass@example.com/", "credentials_in_url"],
    ["//example.com/", "invalid_url"],
    ["example.com", "invalid_url"],
    ["", "invalid_url"],
    [`https://example.com/${"a".repeat(2048)}`, "invalid_url"],
  ])("refuses %s as %s", async (url, code) => {
    const client = new EgressClient()
    expect(client.checkUrl(url)[0]?.code).toBe(code)
    expect(await client.post(url, {}, "{}")).toMatchObject({ ok: false, stage: "prepare", code })
  })

  it("takes an ordinary HTTPS address", () => {
    expect(new EgressClient().checkUrl("https://partner.example.com:8443/hooks?a=1")).toEqual([])
  })

  it("lets plain HTTP and private addresses through for named hosts only", () => {
    const client = new EgressClient({ allow_hosts: ["localhost", "127.0.0.1"] })
    expect(client.checkUrl("http://LOCALHOST:3000/")).toEqual([])
    expect(client.checkUrl("http://127.1:3000/")).toEqual([])
    expect(client.checkUrl("http://10.0.0.1/")[0]?.code).toBe("insecure_url")
    expect(client.checkUrl("ftp://localhost/")[0]?.code).toBe("insecure_url")
  })
})

describe("when a name is resolved", () => {
  const resolvesTo = (...addresses: string[]) =>
    new EgressClient({
      deadline_ms: 2000,
      resolve: (_, done) =>
        done(
          null,
          addresses.map((address) => ({ address, family: net.isIP(address) }))
        ),
    })

  it.each(PRIVATE_ADDRESSES.filter((address) => !address.includes("%")))(
    "refuses a name that stands for %s",
    async (address) => {
      const result = await resolvesTo(address).post("https://partner.example/", {}, "{}")
      expect(result).toMatchObject({ ok: false, stage: "prepare", code: "address_refused" })
    }
  )

  it("refuses a name of which only one address is private", async () => {
    const result = await resolvesTo("1.1.1.1", "127.0.0.1").post(
      "https://partner.example/",
      {},
      "{}"
    )
    expect(result).toMatchObject({ ok: false, stage: "prepare", code: "address_refused" })
  })

  it("reports a name that does not exist", async () => {
    const client = new EgressClient({
      resolve: (_, done) => done(Object.assign(new Error("not found"), { code: "ENOTFOUND" }), []),
    })
    expect(await client.post("https://partner.example/", {}, "{}")).toMatchObject({
      ok: false,
      stage: "prepare",
      code: "enotfound",
    })
  })
})

describe("towards a server", () => {
  let server: Server | undefined
  afterEach(async () => {
    server?.closeAllConnections()
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))
    server = undefined
  })

  async function serve(listener: RequestListener): Promise<number> {
    const started = createServer(listener)
    server = started
    await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve))
    return (started.address() as AddressInfo).port
  }

  const client = new EgressClient({ allow_hosts: ["localhost"], deadline_ms: 300 })

  it("sends the exact body and headers, and reads the answer", async () => {
    let seen: unknown
    const port = await serve((req, res) => {
      const chunks: Buffer[] = []
      req.on("data", (chunk: Buffer) => chunks.push(chunk))
      req.on("end", () => {
        seen = {
          body: Buffer.concat(chunks).toString(),
          id: req.headers["webhook-id"],
          length: req.headers["content-length"],
        }
        res.writeHead(202, { "retry-after": "7" }).end("thänks")
      })
    })
    const result = await client.post(
      `http://localhost:${port}/hook?x=1`,
      { "webhook-id": "m1" },
      '{"ä":1}'
    )
    expect(result).toMatchObject({ ok: true, status: 202, body: "thänks", truncated: false })
    expect(result.ok && result.headers["retry-after"]).toBe("7")
    expect(seen).toEqual({ body: '{"ä":1}', id: "m1", length: "8" })
  })

  it("does not follow a redirect", async () => {
    let calls = 0
    const port = await serve((_, res) => {
      calls += 1
      res.writeHead(302, { location: "/elsewhere" }).end()
    })
    expect(await client.post(`http://localhost:${port}/`, {}, "{}")).toMatchObject({
      ok: true,
      status: 302,
    })
    expect(calls).toBe(1)
  })

  it("reads no more than 64 kB of an answer", async () => {
    const port = await serve((_, res) => {
      res.writeHead(200)
      const more = () => {
        while (!res.destroyed && res.write(Buffer.alloc(16_384, "a")));
      }
      res.on("drain", more)
      more()
    })
    const result = await client.post(`http://localhost:${port}/`, {}, "{}")
    expect(result).toMatchObject({ ok: true, status: 200, truncated: true })
    expect(result.ok && result.body.length).toBe(65_536)
  })

  it("gives up at the deadline when no answer comes", async () => {
    const port = await serve(() => undefined)
    const result = await client.post(`http://localhost:${port}/`, {}, "{}")
    expect(result).toMatchObject({ ok: false, stage: "response", code: "timeout" })
    expect(result.duration_ms).toBeGreaterThanOrEqual(290)
  })

  it("lets the status decide when the body drips on past the deadline", async () => {
    const port = await serve((_, res) => {
      res.writeHead(200)
      res.write("beginning")
    })
    expect(await client.post(`http://localhost:${port}/`, {}, "{}")).toMatchObject({
      ok: true,
      status: 200,
      body: "beginning",
      truncated: true,
    })
  })

  it("tells a refused connection from one that broke after the request", async () => {
    const port = await serve((req) => req.socket.destroy())
    expect(await client.post(`http://localhost:${port}/`, {}, "{}")).toMatchObject({
      ok: false,
      stage: "response",
      code: "econnreset",
    })
    server?.close()
    const closed = await client.post(`http://localhost:1/`, {}, "{}")
    expect(closed).toMatchObject({ ok: false, stage: "connect", code: "econnrefused" })
  })

  it("survives an answer that is not HTTP", async () => {
    const raw = net.createServer((socket) => socket.end("hello\r\n\r\n"))
    await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve))
    const { port } = raw.address() as AddressInfo
    const result = await client.post(`http://localhost:${port}/`, {}, "{}")
    raw.close()
    expect(result).toMatchObject({ ok: false, stage: "response" })
  })
})
