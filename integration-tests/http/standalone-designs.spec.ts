// Designs through the standalone door: uploads, previews and the cart, with what must be refused.
import { Modules } from "@medusajs/framework/utils"
import sharp from "sharp"
import { personalizationTestRunner } from "../helpers/runner"
import { seededShop, TestVisitor, type Fault, type Started } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { product, start } = seededShop(store)

    describe("C3: uploads", () => {
      async function upload(visitor: TestVisitor, id: string, zone: string, file: Buffer) {
        const form = new FormData()
        form.append("zone", zone)
        form.append("file", new Blob([new Uint8Array(file)]), "photo.png")
        return visitor.call<Fault & { upload: { id: string; url: string; mime_type: string } }>(
          "POST",
          `/sessions/${id}/uploads`,
          form
        )
      }

      it("are what their bytes say; others are refused by name", async () => {
        const { visitor, id } = await start()
        const svg = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
        const refused = await Promise.all([
          upload(visitor, id, "photo", svg),
          upload(visitor, id, "photo", Buffer.from("no picture at all")),
          upload(visitor, id, "name", await picture("png")),
        ])
        expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
          "400 unsupported_image_type",
          "400 unsupported_image_type",
          "400 unknown_zone",
        ])
      })

      it("are kept without their metadata and served by a signed link only", async () => {
        const { visitor, id } = await start()
        const { status, body } = await upload(visitor, id, "photo", await picture("jpeg"))
        expect({ status, type: body.upload.mime_type }).toEqual({ status: 201, type: "image/jpeg" })
        const link = new URL(body.upload.url).pathname
        const response = await store.request(link)
        expect(Object.fromEntries(response.headers)).toMatchObject({
          "content-type": "image/webp",
          "x-content-type-options": "nosniff",
          "content-security-policy": expect.stringContaining("sandbox"),
        })
        const bytes = Buffer.from(await response.arrayBuffer())
        expect((await sharp(bytes).metadata()).exif).toBeUndefined()
        const part = await store.request(link, { headers: { Range: "bytes=4-7" } })
        expect(part.status).toBe(206)
        expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(4, 8))
        const etag = response.headers.get("etag") ?? ""
        expect((await store.request(link, { headers: { "If-None-Match": etag } })).status).toBe(304)
        const forged = link.replace(/.$/, (last) => (last === "A" ? "B" : "A"))
        expect((await store.request(forged)).status).toBe(404)
        const stranger = await start()
        const foreign = await stranger.visitor.call("PATCH", `/sessions/${stranger.id}`, {
          options: { photo: { upload_id: body.upload.id } },
        })
        expect(foreign).toMatchObject({ status: 400, body: { code: "invalid_input" } })
      })
    })

    describe("C4: previews", () => {
      it("of equal designs are drawn once, and belong to who asked", async () => {
        const [one, two] = [await start(), await start()]
        const ask = ({ visitor, id }: typeof one) =>
          visitor.call<{ jobId: string }>("POST", `/sessions/${id}/preview`, {})
        const first = (await ask(one)).body.jobId
        const done = await one.visitor.call<{ url: string }>("GET", `/previews/${first}?wait=25`)
        expect(done.body).toMatchObject({ status: "succeeded" })
        const second = (await ask(two)).body.jobId
        expect(second).not.toBe(first)
        const same = await two.visitor.call<{ url: string }>("GET", `/previews/${second}`)
        expect(same.body).toMatchObject({ status: "succeeded", url: done.body.url })
        expect((await two.visitor.call("GET", `/previews/${first}`)).status).toBe(404)
      })
    })

    describe("K1, K2: the cart", () => {
      it("is empty for who has none", async () => {
        const { body, headers } = await new TestVisitor(store).call("GET", "/cart")
        expect(body).toEqual([])
        expect(headers.get("set-cookie")).toBeNull()
      })

      it("takes complete designs only, merges equal ones and keeps different ones apart", async () => {
        const { visitor, id } = await start()
        const add = (session_id: string) =>
          visitor.call<Fault & { cart: { items: { id: string; quantity: number }[] } }>(
            "POST",
            "/cart/items",
            { item: { session_id } }
          )
        expect(await add(id)).toMatchObject({ status: 400, body: { code: "incomplete_session" } })
        await visitor.call("PATCH", `/sessions/${id}`, { options: { size: "m", name: "Ada" } })
        await add(id)
        const { body: merged } = await add(id)
        expect(merged.cart.items.map(({ quantity }) => quantity)).toEqual([2])
        await visitor.call("PATCH", `/sessions/${id}`, { options: { name: "Grace" } })
        const { body } = await add(id)
        expect(body.cart.items.map(({ quantity }) => quantity)).toEqual([2, 1])
        const [line] = body.cart.items
        const { body: left } = await visitor.call<typeof body>("DELETE", `/cart/items/${line?.id}`)
        expect(left.cart.items.map(({ quantity }) => quantity)).toEqual([1])
        const stranger = await start()
        const foreign = await stranger.visitor.call("DELETE", `/cart/items/${line?.id}`)
        expect(foreign.status).toBe(404)
      })

      it("says that it is busy while somebody else holds it", async () => {
        const { visitor, id } = await start()
        await visitor.call("PATCH", `/sessions/${id}`, { options: { size: "m", name: "Ada" } })
        const { body } = await visitor.call<{ cart: { id: string } }>("POST", "/cart/items", {
          item: { session_id: id },
        })
        const locking = store.getContainer().resolve(Modules.LOCKING)
        await locking.acquire(body.cart.id, { expire: 60, ownerId: "somebody" })
        const reply = await visitor.call("POST", "/cart/items", { item: { session_id: id } })
        await locking.release(body.cart.id, { ownerId: "somebody" })
        expect(reply).toMatchObject({ status: 503, body: { code: "cart_busy" } })
        expect(reply.headers.get("retry-after")).toBe("1")
      }, 30_000)

      it("asks for a variant where there are several", async () => {
        const visitor = new TestVisitor(store)
        const phone = product("phone-case")
        const { body } = await visitor.call<Started>("POST", "/sessions", { product_id: phone })
        const reply = await visitor.call("POST", "/cart/items", {
          item: { session_id: body.sessionId },
        })
        expect(reply.body.issues).toEqual(
          expect.arrayContaining([expect.objectContaining({ code: "variant_required" })])
        )
      })

      it("K3: prices in the currency asked for, tax inclusive there", async () => {
        const visitor = new TestVisitor(store)
        const { body } = await visitor.call<Started>("POST", "/sessions", {
          product_id: product("t-shirt"),
          currency_code: "eur",
        })
        await visitor.call("PATCH", `/sessions/${body.sessionId}`, {
          options: { size: "2xl", name: "Ada", back_text: "Back" },
        })
        await visitor.call("POST", "/cart/items", {
          item: { session_id: body.sessionId },
          currency_code: "eur",
        })
        const { body: totals } = await visitor.call<Record<string, number>>("GET", "/cart/totals")
        const { body: items } = await visitor.call<{ unit_price: number }[]>("GET", "/cart")
        const parts = ["item_subtotal", "surcharge_total", "tax_total", "shipping_total"]
        const cents = parts.reduce((sum, part) => sum + Math.round((totals[part] ?? 0) * 100), 0)
        expect(totals).toMatchObject({ currency_code: "eur", estimated: true })
        expect(cents).toBe(Math.round((totals.total ?? 0) * 100))
        const goods = Math.round((items[0]?.unit_price ?? 0) * 100)
        expect(goods).toBeLessThan(cents)
        expect(totals.surcharge_total).toBeLessThan(8)
      })
    })

    async function picture(format: "png" | "jpeg"): Promise<Buffer> {
      return sharp({ create: { width: 300, height: 200, channels: 3, background: "#336699" } })
        .withExif({ IFD0: { Artist: "somebody" } })
        .toFormat(format)
        .toBuffer()
    }
  },
})
