// C3: what must not get through, or bring the server down: hostile files and bodies over real sockets.
import { setTimeout as sleep } from "node:timers/promises"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import sharp from "sharp"
import { jpegSegment, png } from "../../src/domain/image-file/__tests__/files"
import { BOUNDARY, part, type Answer } from "../../src/api/uploads-body/__tests__/receiver"
import { heavyJpeg } from "../../src/modules/personalization/image-intake/__tests__/pictures"
import { personalizationTestRunner } from "../helpers/runner"
import { keptOf, openUpload, sendImage, withUploadOptions } from "./c3-sender"
import { seededShop, type TestVisitor } from "./visitor"

const MEBIBYTE = 1_048_576
const GIBIBYTE = 1024 * MEBIBYTE
const PIECE = Buffer.alloc(65_536, 0x5a)
/** What the first pieces of a form with a PNG look like; the file is still to come. */
const GOOD_PNG = png({ width: 5000, height: 5000 }, { width: 5000, height: 1 })

setFlagsFromString("--expose-gc")
const collect = runInNewContext("gc") as () => void

personalizationTestRunner({
  testSuite: (store) => {
    const { start } = seededShop(store)

    const plain = (width = 300, height = 200) =>
      sharp({ create: { width, height, channels: 3, background: "#336699" } })

    async function truncatedJpeg(): Promise<Buffer> {
      const noise = { type: "gaussian" as const, mean: 128, sigma: 40 }
      const whole = await sharp({
        create: { width: 400, height: 400, channels: 3, background: "#000000", noise },
      })
        .jpeg()
        .toBuffer()
      return whole.subarray(0, Math.floor(whole.length / 2))
    }

    async function polyglot(): Promise<Buffer> {
      const photo = await plain().jpeg().toBuffer()
      const page = Buffer.from("<html><body><script>alert(1)</script>")
      return Buffer.concat([photo.subarray(0, 2), jpegSegment(0xfe, page), photo.subarray(2)])
    }

    async function hundredFrames(): Promise<Buffer> {
      const frames = Buffer.alloc(100 * 32 * 32 * 3)
      frames.forEach((_byte, index) => (frames[index] = Math.floor(index / 3072) * 2))
      return sharp(frames, { raw: { width: 32, height: 3200, channels: 3, pageHeight: 32 } })
        .webp()
        .toBuffer()
    }

    const FILES: [string, string, () => Buffer | Promise<Buffer>][] = [
      ["a PNG of 40,000 x 40,000", "too_many_pixels", () => png({ width: 40_000, height: 40_000 })],
      [
        "a PNG that claims more than it has",
        "undecodable_image",
        () => png({ width: 6000, height: 6000 }, { width: 10, height: 10 }),
      ],
      [
        "a PNG that has more than it claims",
        "undecodable_image",
        () => png({ width: 10, height: 10 }, { width: 3000, height: 3000 }),
      ],
      [
        "an SVG named .png",
        "svg_not_supported",
        () =>
          Buffer.from(
            "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><image/></svg>"
          ),
      ],
      ["a page in a JPEG", "polyglot_file", polyglot],
      ["half a JPEG", "undecodable_image", truncatedJpeg],
      ["a WebP of 100 frames", "animated_image", hundredFrames],
      [
        "a HEIC",
        "heic_not_supported",
        () => Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"),
      ],
    ]

    /** Sends a form without end, until the server stops it, and reads its answer. */
    async function sendEndless(
      visitor: TestVisitor,
      id: string,
      file: Buffer
    ): Promise<{ answer: Answer; sent: number }> {
      const client = openUpload(store, visitor, id, { "Transfer-Encoding": "chunked" })
      await client.chunk(part("zone", "photo"))
      await client.chunk(part("file", file, "photo.png").subarray(0, -2))
      let sent = 0
      while (!client.isClosed && sent < GIBIBYTE) {
        await client.chunk(PIECE)
        sent += PIECE.length
      }
      const answer = await client.answer()
      client.socket.destroy()
      return { answer, sent }
    }

    it.each(FILES)("%s is refused with %s, and nothing is kept", async (_name, code, make) => {
      const { visitor, id } = await start()
      const before = await keptOf(store)
      const { status, body, headers } = await sendImage(visitor, id, await make())
      expect({ status, code: body.code }).toEqual({ status: 400, code })
      expect(body.issues).toMatchObject([{ path: "file", code }])
      expect(headers.get("content-type")).toContain("application/json")
      expect(await keptOf(store)).toEqual(before)
    })

    it("answers by the header alone: what was announced need not come", async () => {
      const { visitor, id } = await start()
      const headers = { "Content-Length": 19_000_000 }
      for (const bytes of [
        png({ width: 40_000, height: 40_000 }).subarray(0, 40),
        Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'>".padEnd(4096)),
        (await hundredFrames()).subarray(0, 40),
      ]) {
        const client = openUpload(store, visitor, id, headers)
        await client.write(part("file", bytes, "photo.png").subarray(0, -2))
        expect(await client.answer()).toMatchObject({
          status: 400,
          headers: { connection: "close" },
        })
        client.socket.destroy()
      }
      const announced = openUpload(store, visitor, id, { "Content-Length": GIBIBYTE })
      expect(await announced.answer()).toMatchObject({
        status: 400,
        body: { code: "file_too_large" },
      })
      announced.socket.destroy()
    })

    it("does not take the bandwidth of a chunked gigabyte, and answers others meanwhile", async () => {
      const { visitor, id } = await start()
      const others: number[] = []
      let isOver = false
      const attack = sendEndless(visitor, id, GOOD_PNG).finally(() => (isOver = true))
      while (!isOver) {
        const { status } = await store.request("/products")
        if (!isOver) {
          others.push(status)
        }
      }
      const { answer, sent } = await attack
      expect(answer).toMatchObject({
        status: 400,
        headers: { connection: "close" },
        body: { code: "file_too_large", issues: [{ params: { max_bytes: 20 * MEBIBYTE } }] },
      })
      expect(sent).toBeLessThan(64 * MEBIBYTE)
      expect(others.length).toBeGreaterThan(0)
      expect(new Set(others)).toEqual(new Set([200]))
    })

    it("ends a body that comes drop by drop, or stops", async () => {
      const { visitor, id } = await start()
      const limits = { idle_timeout_ms: 300, receive_deadline_ms: 900 }
      await withUploadOptions(store, limits, async () => {
        const drips = openUpload(store, visitor, id, { "Content-Length": 100_000 })
        const stops = openUpload(store, visitor, id, { "Content-Length": 100_000 })
        for (const client of [drips, stops]) {
          await client.write(part("file", GOOD_PNG, "photo.png").subarray(0, 300))
        }
        while (!drips.isClosed) {
          await drips.write("x")
          await sleep(50)
        }
        const slow = (params: Record<string, number>) => ({
          status: 400,
          body: { code: "upload_too_slow", issues: [{ path: "file", params }] },
        })
        expect(await drips.answer()).toMatchObject(slow({ receive_deadline_ms: 900 }))
        expect(await stops.answer()).toMatchObject(slow({ idle_timeout_ms: 300 }))
        stops.socket.destroy()
      })
    })

    it("answers others while a picture is decoded, and stops one that takes too long", async () => {
      const { visitor, id } = await start()
      const heavy = await heavyJpeg()
      const others: number[] = []
      let isOver = false
      const attack = withUploadOptions(store, { decode_deadline_ms: 500 }, () =>
        sendImage(visitor, id, heavy)
      ).finally(() => (isOver = true))
      while (!isOver) {
        const { status } = await visitor.call("GET", `/sessions/${id}`)
        if (!isOver) {
          others.push(status)
        }
      }
      expect(await attack).toMatchObject({ status: 400, body: { code: "decode_too_slow" } })
      expect(others.length).toBeGreaterThan(0)
      expect(new Set(others)).toEqual(new Set([200]))
      expect(await sendImage(visitor, id, await plain().png().toBuffer())).toMatchObject({
        status: 201,
      })
    })

    it("takes little memory, whatever comes at once", async () => {
      const { visitor, id } = await start()
      const files = await Promise.all(FILES.map(async ([, , make]) => make()))
      const round = async () => {
        const visitors = await Promise.all(Array.from({ length: 4 }, () => start()))
        const endless = visitors.map((who) => sendEndless(who.visitor, who.id, GOOD_PNG))
        const refused = files.map((file) => sendImage(visitor, id, file))
        const answers = await Promise.all([
          ...endless.map(async (one) => (await one).answer.status),
          ...refused.map(async (one) => (await one).status),
        ])
        // Busy is an answer too: no more is received and decoded at once than there are places.
        expect(answers.filter((status) => status !== 400 && status !== 503)).toEqual([])
      }
      // The first rounds load what all later ones use. This process is the client too, and the engine of the tests: what
      // has become garbage of theirs is not to be counted.
      await round()
      await round()
      collect()
      const before = process.memoryUsage.rss()
      let most = before
      const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5)
      for (let rounds = 0; rounds < 5; rounds += 1) {
        await round()
        collect()
      }
      clearInterval(watch)
      expect((most - before) / MEBIBYTE).toBeLessThan(100)
    }, 120_000)

    it("keeps to its boundary: a form in a form is bytes of a file", async () => {
      const { visitor, id } = await start()
      const photo = await plain().jpeg().toBuffer()
      const nested = Buffer.concat([photo, Buffer.from(`\r\n--other\r\n\r\n--${BOUNDARY}x\r\n`)])
      expect(await sendImage(visitor, id, nested)).toMatchObject({ status: 201 })
    })
  },
})
