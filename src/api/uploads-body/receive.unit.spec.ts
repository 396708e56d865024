import fc from "fast-check"
import { createHash } from "node:crypto"
import { readdir, readFile, stat } from "node:fs/promises"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { jpegHeader, png } from "../../domain/image-file/__tests__/files"
import type { UploadOptions } from "../../lib/upload-options"
import { form, part, Receiver } from "./__tests__/receiver"
import type { UploadBody } from "./receive"

const PNG = png({ width: 20, height: 10 }, { width: 20, height: 10 })
const zone = part("zone", "photo")
const file = (content: Buffer = PNG) => part("file", content, "photo.png")

let receiver: Receiver | undefined

async function started(
  options: Partial<UploadOptions> = {},
  work?: (body: UploadBody) => Promise<unknown>
): Promise<Receiver> {
  receiver = await Receiver.start(options, work)
  return receiver
}

afterEach(async () => {
  await receiver?.stop()
})

describe("receiveUploadBody", () => {
  it.each([
    ["the file first", [file(), zone]],
    ["the zone first", [zone, file()]],
  ])("puts the file into a private folder, %s", async (_order, parts) => {
    const server = await started({}, async ({ path: received, ...rest }) => ({
      ...rest,
      content: (await readFile(received)).toString("base64"),
      modes: [await stat(received), await stat(path.dirname(received))].map(
        ({ mode }) => mode & 0o777
      ),
    }))
    expect(await server.send(form(...parts))).toMatchObject({
      status: 201,
      body: {
        zone: "photo",
        bytes: PNG.length,
        sha256: createHash("sha256").update(PNG).digest("hex"),
        header: { mime_type: "image/png", width: 20, height: 10 },
        content: PNG.toString("base64"),
        modes: [0o600, 0o700],
      },
    })
    expect(await server.leftovers()).toEqual([])
  })

  it.each([
    ["no file", form(zone), "file_missing"],
    ["an empty file", form(zone, file(Buffer.alloc(0))), "file_missing"],
    ["a file that is text", form(zone, part("file", "text")), "file_missing"],
    ["no zone", form(file()), "zone_missing"],
    ["nothing", form(part("zone", "")), "file_missing"],
    ["two files", form(file(), file(), zone), "repeated_field"],
    ["two zones", form(zone, zone, file()), "repeated_field"],
    ["another field", form(part("other", "x"), zone, file()), "unknown_field"],
    ["another file", form(part("other", PNG, "a.png"), zone), "unknown_field"],
    ["a zone too long", form(part("zone", "x".repeat(2000)), file()), "malformed_multipart"],
    ["no end", form(zone, file()).subarray(0, 200), "malformed_multipart"],
    ["no form", Buffer.from("no form at all"), "malformed_multipart"],
    [
      "a part without a name",
      form(Buffer.from("------a-boundary\r\nContent-Disposition: form-data\r\n\r\nx\r\n")),
      "unknown_field",
    ],
    [
      "a broken part header",
      Buffer.from("------a-boundary\r\n\0:\r\n\r\nx"),
      "malformed_multipart",
    ],
  ])("refuses a form with %s", async (_name, body, code) => {
    const server = await started()
    expect(await server.send(body)).toMatchObject({ status: 400, body: { code } })
    expect(await server.leftovers()).toEqual([])
  })

  it("names all that is missing at once", async () => {
    const server = await started()
    const { body } = await server.send(form())
    expect(body.issues).toMatchObject([
      { path: "file", code: "file_missing" },
      { path: "zone", code: "zone_missing" },
    ])
  })

  it("takes nothing but a multipart form with a boundary", async () => {
    const server = await started()
    const type = (value: string) => server.send(form(zone, file()), { "Content-Type": value })
    expect(await type("application/json")).toMatchObject({ status: 415 })
    expect(await type("multipart/form-data")).toMatchObject({
      status: 400,
      body: { code: "malformed_multipart" },
    })
  })

  it("takes a file of exactly the limit, and not one byte more", async () => {
    const server = await started({ max_bytes: 1024 })
    const padded = Buffer.concat([PNG, Buffer.alloc(1024 - PNG.length)])
    expect(await server.send(form(file(padded), zone))).toMatchObject({ status: 201 })
    const larger = Buffer.concat([padded, Buffer.alloc(1)])
    expect(await server.send(form(file(larger), zone))).toMatchObject({
      status: 400,
      body: { code: "file_too_large", issues: [{ path: "file", params: { max_bytes: 1024 } }] },
    })
  })

  it("says by the announced length that it is too much, before any of it comes", async () => {
    const server = await started()
    const client = server.client({ "Content-Length": 30_000_000 })
    expect(await client.answer()).toMatchObject({
      status: 400,
      headers: { connection: "close" },
      body: { code: "file_too_large" },
    })
  })

  it.each([
    [
      "type",
      Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'>".padEnd(5000)),
      "svg_not_supported",
    ],
    ["size", png({ width: 40_000, height: 40_000 }).subarray(0, 33), "too_many_pixels"],
    ["form", jpegHeader(0, 9), "undecodable_image"],
  ])(
    "answers as soon as the header tells the %s, though the rest is to come",
    async (_name, bytes, code) => {
      const server = await started()
      const client = server.client({ "Content-Length": 20_000_000 })
      await client.write(zone)
      await client.write(file(bytes).subarray(0, -2))
      expect(await client.answer()).toMatchObject({
        status: 400,
        headers: { connection: "close" },
        body: { code },
      })
      client.socket.end()
      expect(await server.leftovers()).toEqual([])
    }
  )

  it("stops reading a body without end, and the client still reads the answer", async () => {
    const server = await started({ max_bytes: 100_000 })
    for (const endless of [
      Buffer.concat([PNG, Buffer.alloc(65_536)]),
      Buffer.from("<svg >".padEnd(65_536)),
    ]) {
      const client = server.client({ "Transfer-Encoding": "chunked" })
      await client.chunk(zone)
      await client.chunk(file(endless).subarray(0, -2))
      for (let pieces = 0; !client.isClosed && pieces < 16_384; pieces += 1) {
        await client.chunk(endless)
      }
      expect(await client.answer()).toMatchObject({
        status: 400,
        body: { code: endless === PNG ? "file_too_large" : expect.any(String) },
      })
    }
    expect(await server.leftovers()).toEqual([])
    // 1 GiB twice was on its way.
    expect(server.bytesRead).toBeLessThan(16 * 1_048_576)
  }, 60_000)

  it("counts what stands around the parts too", async () => {
    const server = await started({ max_bytes: 1024 })
    const client = server.client({ "Transfer-Encoding": "chunked" })
    for (let pieces = 0; !client.isClosed && pieces < 100; pieces += 1) {
      await client.chunk(Buffer.alloc(65_536, "x"))
    }
    expect(await client.answer()).toMatchObject({ status: 400, body: { code: "file_too_large" } })
  })

  it("refuses a body that pauses", async () => {
    const server = await started({ idle_timeout_ms: 100 })
    const client = server.client({ "Content-Length": 5000 })
    await client.write(zone)
    expect(await client.answer()).toMatchObject({
      status: 400,
      body: { code: "upload_too_slow", issues: [{ params: { idle_timeout_ms: 100 } }] },
    })
    client.socket.end()
    expect(await server.leftovers()).toEqual([])
  })

  it("refuses a body that comes drop by drop", async () => {
    const server = await started({ receive_deadline_ms: 400, idle_timeout_ms: 5000 })
    const client = server.client({ "Content-Length": 5000 })
    await client.write(zone)
    await client.write(file().subarray(0, 150))
    while (!client.isClosed) {
      await client.write("x")
      await sleep(20)
    }
    expect(await client.answer()).toMatchObject({
      status: 400,
      body: { code: "upload_too_slow", issues: [{ params: { receive_deadline_ms: 400 } }] },
    })
    expect(await server.leftovers()).toEqual([])
  })

  it("cleans up after a client that goes away, and gives its place to others", async () => {
    const server = await started({ max_receiving: 1 })
    const client = server.client({ "Content-Length": 5000 })
    await client.write(zone)
    await client.write(file().subarray(0, 150))
    while ((await readdir(server.folder)).length === 0) {
      await sleep(5)
    }
    client.socket.destroy()
    expect(await server.leftovers()).toEqual([])
    expect(await server.send(form(zone, file()))).toMatchObject({ status: 201 })
  })

  it("refuses more bodies than there are places, and leaves some to others than the busiest", async () => {
    const server = await started({ max_receiving: 4 })
    const hold = async (sender: string) => {
      const client = server.client({ "Content-Length": 5000, "X-Sender": sender })
      await client.write(zone)
      return client
    }
    const held = [await hold("one")]
    while ((await readdir(server.folder)).length < 1) {
      await sleep(5)
    }
    const busy = {
      status: 503,
      headers: { "retry-after": "2" },
      body: { code: "uploads_busy" },
    }
    expect(await server.send(form(zone, file()), { "X-Sender": "one" })).toMatchObject(busy)
    held.push(await hold("two"), await hold("three"), await hold("four"))
    while ((await readdir(server.folder)).length < 4) {
      await sleep(5)
    }
    expect(await server.send(form(zone, file()), { "X-Sender": "five" })).toMatchObject(busy)
    held.forEach((client) => client.socket.destroy())
    await server.leftovers()
    expect(await server.send(form(zone, file()), { "X-Sender": "one" })).toMatchObject({
      status: 201,
    })
  })

  it("answers whatever a body is made of, and leaves nothing behind", async () => {
    const server = await started({ idle_timeout_ms: 200 })
    const whole = form(zone, file(), zone)
    const cut = fc.tuple(fc.nat(whole.length), fc.nat(40), fc.uint8Array({ maxLength: 40 }))
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 3 }), async (cuts) => {
        const body = cuts.reduce(
          (bytes, [at, length, inserted]) =>
            Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + length)]),
          whole
        )
        const { status } = await server.send(body)
        expect([201, 400]).toContain(status)
      }),
      { numRuns: 150 }
    )
    expect(await server.leftovers()).toEqual([])
  }, 60_000)
})
