// C3: images for a design: what is kept of them, once per visitor and within the quotas, and how they are served.
import { Modules } from "@medusajs/framework/utils"
import { rm } from "node:fs/promises"
import path from "node:path"
import sharp from "sharp"
import { personalization } from "../../src/workflows/services"
import { personalizationTestRunner } from "../helpers/runner"
import { keptOf, openUpload, sendImage, withUploadOptions } from "./c3-sender"
import { seededShop, type Started } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { product, start } = seededShop(store)
    let colour = 0

    /** A picture that no other test sends. */
    function picture(width = 300, height = 200) {
      colour += 1
      return sharp({
        create: { width, height, channels: 3, background: { r: colour % 256, g: 99, b: 66 } },
      })
    }

    /** Noise, so that its files are long. */
    const noise = () =>
      sharp({
        create: {
          width: 700,
          height: 500,
          channels: 3,
          background: "#000000",
          noise: { type: "gaussian", mean: 128, sigma: 50 },
        },
      })

    describe("an upload", () => {
      it("is answered with its facts, and kept upright, in sRGB and without metadata", async () => {
        const { visitor, id } = await start()
        const photo = await picture(300, 200)
          .withExif({ IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 3230/100" } })
          .withIccProfile("p3")
          .withMetadata({ orientation: 6 })
          .jpeg()
          .toBuffer()
        const before = await keptOf(store)
        const { status, body } = await sendImage(visitor, id, photo, { name: "photo.png" })
        expect(status).toBe(201)
        expect(body.upload).toEqual({
          id: expect.stringMatching(/^pupl_/),
          url: expect.stringContaining("/files/"),
          mime_type: "image/jpeg",
          width: 200,
          height: 300,
          bytes: photo.length,
          effective_dpi: expect.any(Number),
          warnings: [expect.objectContaining({ path: "file", code: "resolution_too_low" })],
        })
        const after = await keptOf(store)
        expect(after).toEqual({
          uploads: before.uploads + 1,
          rows: before.rows + 2,
          files: before.files + 2,
        })
        const service = personalization(store.getContainer())
        const row = await service.retrieveUpload(body.upload.id)
        for (const fileId of [row.file_id, row.proxy_file_id]) {
          const file = await service.retrieveFile(fileId)
          expect(file.filename).toMatch(/^upload(_proxy)?-[0-9a-f-]{36}\.(jpg|webp)$/)
          const bytes = await store
            .getContainer()
            .resolve(Modules.FILE)
            .getAsBuffer(file.storage_id)
          expect(bytes.length).toBe(file.bytes)
          const { exif, icc, orientation, width, height } = await sharp(bytes).metadata()
          expect({ exif, icc, orientation, width, height }).toEqual({ width: 200, height: 300 })
        }
      })

      it("puts off the end of its session, and sets no zone", async () => {
        const { visitor, id } = await start()
        const service = personalization(store.getContainer())
        const soon = new Date(Date.now() + 60_000)
        await service.updateSessions({ id, expires_at: soon })
        await sendImage(visitor, id, await picture().png().toBuffer())
        const session = await service.retrieveSession(id)
        expect(session.expires_at.getTime()).toBeGreaterThan(soon.getTime() + 86_400_000)
        expect(session).toMatchObject({ options: {}, revision: 0 })
      })

      it("goes into its zone, and into nobody else's", async () => {
        const { visitor, id } = await start()
        const { body } = await sendImage(visitor, id, await picture(900, 900).webp().toBuffer())
        const options = { photo: { upload_id: body.upload.id } }
        expect(await visitor.call("PATCH", `/sessions/${id}`, { options })).toMatchObject({
          status: 200,
        })
        const stranger = await start()
        const foreign = await stranger.visitor.call("PATCH", `/sessions/${stranger.id}`, {
          options,
        })
        expect(foreign).toMatchObject({
          status: 400,
          body: { issues: [{ code: "unknown_upload" }] },
        })
      })

      it("is refused by name, and nothing of it is kept", async () => {
        const { visitor, id } = await start()
        const before = await keptOf(store)
        const png = await picture().png().toBuffer()
        const faults = await Promise.all([
          sendImage(visitor, id, png, { zone: "name" }),
          sendImage(visitor, id, png, { zone: "\u0000" }),
          sendImage(visitor, id, await picture().gif().toBuffer()),
          sendImage(visitor, id, await picture().avif().toBuffer()),
          sendImage(visitor, id, Buffer.concat([png, Buffer.alloc(15_000_001)])),
          visitor.call("POST", `/sessions/${id}/uploads`, { zone: "photo" }),
        ])
        expect(faults.map(({ status, body }) => `${status} ${String(body.code)}`)).toEqual([
          "400 unknown_zone",
          "400 unknown_zone",
          "400 unsupported_image_type",
          "400 unsupported_image_type",
          "400 image_too_large",
          "415 unsupported_media_type",
        ])
        expect(await keptOf(store)).toEqual(before)
      })

      it("is nobody's who does not have the session, before any of its bytes came", async () => {
        const { visitor, id } = await start()
        const stranger = await start()
        for (const [who, session] of [
          [visitor, "psess_unknown"],
          [stranger.visitor, id],
        ] as const) {
          const client = openUpload(store, who, session, { "Content-Length": 15_000_000 })
          expect(await client.answer()).toMatchObject({
            status: 404,
            headers: { connection: "close", "cache-control": "no-store" },
            body: { code: "session_not_found" },
          })
          client.socket.destroy()
        }
      })

      it("leaves nothing behind when it cannot be stored whole", async () => {
        const { visitor, id } = await start()
        const before = await keptOf(store)
        const files = store.getContainer().resolve(Modules.FILE)
        const send = files.getUploadStream.bind(files)
        const failing = jest
          .spyOn(files, "getUploadStream")
          .mockImplementationOnce(send)
          .mockRejectedValueOnce(new Error("The disk is full."))
        const { status, body } = await sendImage(visitor, id, await picture().png().toBuffer())
        failing.mockRestore()
        expect({ status, code: body.code }).toEqual({ status: 500, code: "internal_error" })
        expect(await keptOf(store)).toEqual(before)
      })
    })

    describe("the same bytes", () => {
      it("are one upload of a visitor, in whichever session they were sent last", async () => {
        const { visitor, id } = await start()
        const bytes = await picture().png().toBuffer()
        const first = await sendImage(visitor, id, bytes)
        const before = await keptOf(store)
        const again = await sendImage(visitor, id, bytes)
        expect(again).toMatchObject({ status: 201, body: first.body })
        const { body: other } = await visitor.call<Started>("POST", "/sessions", {
          product_id: product("t-shirt"),
        })
        const moved = await sendImage(visitor, other.sessionId, bytes)
        expect(moved.body.upload.id).toBe(first.body.upload.id)
        const service = personalization(store.getContainer())
        expect(await service.retrieveUpload(first.body.upload.id)).toMatchObject({
          session_id: other.sessionId,
        })
        expect(await keptOf(store)).toEqual(before)
        const stranger = await start()
        const theirs = await sendImage(stranger.visitor, stranger.id, bytes)
        expect(theirs.body.upload.id).not.toBe(first.body.upload.id)
      })

      it("are one upload when they come several times at once", async () => {
        const { visitor, id } = await start()
        const before = await keptOf(store)
        const bytes = await picture().jpeg().toBuffer()
        const replies = await Promise.all(
          Array.from({ length: 6 }, () => sendImage(visitor, id, bytes))
        )
        expect(new Set(replies.map(({ body }) => body.upload.id)).size).toBe(1)
        expect(await keptOf(store)).toEqual({
          uploads: before.uploads + 1,
          rows: before.rows + 2,
          files: before.files + 2,
        })
      })
    })

    describe("quotas", () => {
      it("hold for a session, a visitor and their bytes", async () => {
        const { visitor, id } = await start()
        const first = await picture().png().toBuffer()
        await sendImage(visitor, id, first)
        const second = await picture().png().toBuffer()
        const { body } = await visitor.call<Started>("POST", "/sessions", {
          product_id: product("t-shirt"),
        })
        const limited = (limits: Parameters<typeof withUploadOptions>[1], session = id) =>
          withUploadOptions(store, limits, () => sendImage(visitor, session, second))
        const refusal = (params: Record<string, number>) => ({
          status: 400,
          body: { code: "upload_quota_exceeded", issues: [{ path: "file", params }] },
        })
        expect(await limited({ max_per_session: 1 })).toMatchObject(refusal({ max_per_session: 1 }))
        expect(await limited({ max_per_visitor: 1 }, body.sessionId)).toMatchObject(
          refusal({ max_per_visitor: 1 })
        )
        const max_bytes_per_visitor = first.length + second.length - 1
        expect(await limited({ max_bytes_per_visitor })).toMatchObject(
          refusal({ max_bytes_per_visitor, bytes: second.length })
        )
        expect(await limited({ max_per_session: 1 }, body.sessionId)).toMatchObject({ status: 201 })
        const again = await withUploadOptions(
          store,
          { max_per_session: 1, max_per_visitor: 2 },
          () => sendImage(visitor, id, first)
        )
        expect(again.status).toBe(201)
      })

      it("hold for uploads that come at once", async () => {
        const { visitor, id } = await start()
        const before = await keptOf(store)
        const pictures = await Promise.all(
          Array.from({ length: 6 }, () => picture().png().toBuffer())
        )
        const replies = await withUploadOptions(store, { max_per_session: 2 }, () =>
          Promise.all(pictures.map((bytes) => sendImage(visitor, id, bytes)))
        )
        expect(replies.map(({ status }) => status).sort()).toEqual([201, 201, 400, 400, 400, 400])
        expect(await keptOf(store)).toEqual({
          uploads: before.uploads + 2,
          rows: before.rows + 4,
          files: before.files + 4,
        })
      })
    })

    describe("GET /files/:token", () => {
      async function link(): Promise<string> {
        const { visitor, id } = await start()
        const { body } = await sendImage(visitor, id, await noise().png().toBuffer())
        return new URL(body.upload.url).pathname
      }

      it("serves the picture for previews by a signed link only", async () => {
        const signed = await link()
        const response = await store.request(signed)
        const bytes = Buffer.from(await response.arrayBuffer())
        expect(Object.fromEntries(response.headers)).toMatchObject({
          "content-type": "image/webp",
          "content-length": String(bytes.length),
          "x-content-type-options": "nosniff",
          "content-security-policy": expect.stringContaining("sandbox"),
          "cache-control": "private, max-age=3600",
          "accept-ranges": "bytes",
        })
        expect(await sharp(bytes).metadata()).toMatchObject({ width: 700, height: 500 })
        const forged = signed.replace(/.$/, (last) => (last === "A" ? "B" : "A"))
        expect((await store.request(forged)).status).toBe(404)
        const { headers, status } = await store.request(signed, { method: "HEAD" })
        expect({ status, length: headers.get("content-length") }).toEqual({
          status: 200,
          length: String(bytes.length),
        })
      })

      it("serves parts, and nothing to who has it", async () => {
        const signed = await link()
        const whole = await store.request(signed)
        const bytes = Buffer.from(await whole.arrayBuffer())
        // More than a stream's piece, so that parts begin and end within several.
        expect(bytes.length).toBeGreaterThan(3 * 65_536)
        const etag = whole.headers.get("etag") ?? ""
        for (const [range, start, end] of [
          ["bytes=4-7", 4, 8],
          ["bytes=65530-65545", 65_530, 65_546],
          ["bytes=70000-140000", 70_000, 140_001],
          ["bytes=-10", bytes.length - 10, bytes.length],
          [`bytes=${bytes.length - 1}-`, bytes.length - 1, bytes.length],
        ] as const) {
          const part = await store.request(signed, { headers: { Range: range, "If-Range": etag } })
          expect(part.status).toBe(206)
          expect(part.headers.get("content-range")).toBe(
            `bytes ${start}-${end - 1}/${bytes.length}`
          )
          expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(start, end))).toBe(
            true
          )
        }
        const ask = (headers: Record<string, string>) => store.request(signed, { headers })
        expect((await ask({ Range: `bytes=${bytes.length}-` })).status).toBe(416)
        expect((await ask({ Range: "bytes=0-1", "If-Range": '"another"' })).status).toBe(200)
        expect((await ask({ "If-None-Match": `"another", W/${etag}` })).status).toBe(304)
      })

      it("says that a file is not there which the storage has lost", async () => {
        const signed = await link()
        const service = personalization(store.getContainer())
        const [file] = await service.listFiles(
          { kind: "upload_proxy" },
          { order: { created_at: "desc" }, take: 1 }
        )
        await rm(path.join(process.env.FILES_DIR ?? "", file?.storage_id ?? "nothing"))
        const response = await store.request(signed)
        expect({ status: response.status, body: await response.json() }).toMatchObject({
          status: 404,
          body: { code: "file_not_found" },
        })
      })
    })
  },
})
