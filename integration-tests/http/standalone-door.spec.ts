// The standalone door's contract: errors, keys, origins, links to files. Nothing of it leaks or falls back to HTML.
import sharp from "sharp"
import { seedStore, type SeedResult } from "../../src/scripts/seed"
import { personalizationTestRunner } from "../helpers/runner"
import { TestVisitor } from "./visitor"

type Fault = { type: string; code: string; message: string; issues?: { path: string }[] }
type Started = { sessionId: string; session: Record<string, unknown> }

personalizationTestRunner({
  testSuite: (store) => {
    let seeded: SeedResult
    let shirt: string

    beforeAll(async () => {
      seeded = await seedStore(store.getContainer())
      shirt = seeded.products.find(({ handle }) => handle === "t-shirt")?.id ?? ""
    }, 60_000)

    async function start(): Promise<{ visitor: TestVisitor; id: string }> {
      const visitor = new TestVisitor(store)
      const { body, status } = await visitor.call<Started>("POST", "/sessions", {
        product_id: shirt,
      })
      expect(status).toBe(201)
      return { visitor, id: body.sessionId }
    }

    describe("errors", () => {
      const json = { "Content-Type": "application/json" }
      it.each([
        ["GET", "/products/none", 404, "product_not_found"],
        ["GET", "/sessions", 405, "method_not_allowed"],
        ["GET", "/cart/unknown/path", 404, "unknown_path"],
        ["GET", "/Products", 404, "unknown_path"],
        ["GET", "/products/%zz", 400, "malformed_url"],
        ["GET", "/products?limit=101", 400, "invalid_input"],
        ["GET", "/products?currency_code=xxx", 400, "unknown_currency"],
        ["POST", "/templates", 403, "invalid_api_key"],
        ["POST", "/Templates", 404, "unknown_path"],
        ["GET", "/files/pfil_1.0.AAAA", 404, "file_not_found"],
      ])("%s %s answers %i %s", async (method, url, status, code) => {
        const response = await store.request(url, { method })
        const body = (await response.json()) as Fault
        expect({ status: response.status, code: body.code }).toEqual({ status, code })
        expect(Object.keys(body)).toEqual(expect.arrayContaining(["type", "code", "message"]))
      })

      it("names the methods that a path has", async () => {
        const response = await store.request("/sessions", { method: "PUT" })
        expect(response.headers.get("allow")).toBe("POST")
      })

      it.each([
        ["{", json, 400, "malformed_json"],
        [new Uint8Array([0x22, 0xff, 0x22]), json, 400, "malformed_json"],
        ["<a/>", { "Content-Type": "text/xml" }, 415, "unsupported_media_type"],
        [`"${"x".repeat(200_000)}"`, json, 413, "body_too_large"],
      ])("refuses a body %#", async (body, headers, status, code) => {
        const response = await store.request("/sessions", { method: "POST", headers, body })
        expect({ status: response.status, ...((await response.json()) as Fault) }).toMatchObject({
          status,
          code,
        })
      })

      it("looks at nothing before the API key", async () => {
        const response = await store.request("/templates", {
          method: "POST",
          headers: { ...json, "X-API-Key": "sk_wrong" },
          body: "{",
        })
        expect(response.status).toBe(403)
      })

      it("reports every fault of a body at once", async () => {
        const { status, body } = await new TestVisitor(store).call<Fault>("POST", "/cart/items", {
          item: { session_id: "x", quantity: 0, unit_price: 1 },
          colour: "red",
        })
        expect(status).toBe(400)
        expect(body.issues?.map((issue) => issue.path).sort()).toEqual([
          "colour",
          "item.quantity",
          "item.unit_price",
        ])
      })
    })

    describe("A1: management needs an API key", () => {
      it("takes a secret key and refuses a publishable one", async () => {
        const call = (key: string) =>
          store.request("/templates", {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-API-Key": key },
            body: "{}",
          })
        expect((await call(seeded.api_key ?? "")).status).toBe(400)
        expect((await call(seeded.publishable_key)).status).toBe(403)
      })
    })

    describe("P2: versions", () => {
      it("are unique per product, and a bad definition is refused with every path", async () => {
        const template = (version: number, definition: unknown) =>
          new TestVisitor(store).call<Fault>(
            "POST",
            "/templates",
            { product_id: shirt, version, definition },
            { "X-API-Key": seeded.api_key ?? "" }
          )
        const { body: page } = await new TestVisitor(store).call<{
          product: { template: { definition: { zones: unknown[] } } }
        }>("GET", "/products/t-shirt")
        const { definition } = page.product.template
        expect(await template(1, definition)).toMatchObject({
          status: 422,
          body: { code: "duplicate_version" },
        })
        const broken = { ...definition, zones: [...definition.zones, { kind: "sound" }], extra: 1 }
        const { status, body } = await template(2, broken)
        expect(status).toBe(400)
        expect(body.issues?.map((issue) => issue.path)).toEqual(
          expect.arrayContaining([
            expect.stringMatching(/^definition\.zones\.5/),
            "definition.extra",
          ])
        )
      })
    })

    describe("visitors", () => {
      it("C2: are the only ones to see their sessions; to others a session is not there", async () => {
        const { id } = await start()
        const other = await start()
        const foreign = await other.visitor.call("GET", `/sessions/${id}`)
        const nothing = await other.visitor.call("GET", "/sessions/psess_none")
        const keyless = await store.request(`/sessions/${id}`)
        expect(foreign).toMatchObject({ status: 404, body: { code: "session_not_found" } })
        expect(nothing.text).toBe(foreign.text)
        expect(await keyless.text()).toBe(foreign.text)
      })

      it("get a key of the server's making, as a cookie or as a header", async () => {
        const made = "A".repeat(43)
        const post = (headers: Record<string, string>) =>
          store.request("/sessions", {
            method: "POST",
            headers: { "Content-Type": "application/json", ...headers },
            body: JSON.stringify({ product_id: shirt }),
          })
        const byHeader = await post({ "X-Session-Key": made })
        expect(byHeader.headers.get("x-session-key")).toMatch(/^[\w-]{43}$/)
        expect(byHeader.headers.get("x-session-key")).not.toBe(made)
        const byCookie = await post({ Cookie: `sessionKey=${made}` })
        const [cookie = ""] = byCookie.headers.getSetCookie()
        expect(cookie).toMatch(
          /^sessionKey=[\w-]{43}; Max-Age=2592000; Path=\/; .*HttpOnly; SameSite=Lax$/
        )
        expect(cookie).not.toContain(made)
      })

      it("are not acted for by a page of another site", async () => {
        const { visitor, id } = await start()
        const patch = (origin: string) =>
          store.request(`/sessions/${id}`, {
            method: "PATCH",
            headers: {
              "Content-Type": "application/json",
              Cookie: `sessionKey=${visitor.key}`,
              Origin: origin,
            },
            body: JSON.stringify({ options: { size: "m" } }),
          })
        expect((await patch("https://evil.example")).status).toBe(403)
        expect((await patch("null")).status).toBe(403)
        const own = await patch("http://localhost:8000")
        expect(own.status).toBe(200)
        expect(own.headers.get("access-control-allow-origin")).toBe("http://localhost:8000")
      })

      it("C3: two changes of one revision: one wins, the other is told", async () => {
        const { visitor, id } = await start()
        const patch = (size: string) =>
          visitor.call<Started & Fault>("PATCH", `/sessions/${id}`, {
            revision: 0,
            options: { size, name: size },
          })
        const replies = await Promise.all([patch("s"), patch("xl"), patch("m")])
        expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
        const { body } = await visitor.call<Started>("GET", `/sessions/${id}`)
        const options = body.session.options as { size: string; name: { text: string } }
        expect(options.name.text).toBe(options.size)
        expect(body.session.revision).toBe(1)
      })

      it("C3: a text that the font cannot draw is refused by its characters", async () => {
        const { visitor, id } = await start()
        const { status, body } = await visitor.call("PATCH", `/sessions/${id}`, {
          options: { name: { text: "تصميم", font: "oswald-bold" } },
        })
        expect(status).toBe(400)
        expect(body.issues).toMatchObject([{ path: "options.name", code: "glyph_missing" }])
        const arabic = { options: { name: { text: "تصميم", font: "cairo-bold" } } }
        expect((await visitor.call("PATCH", `/sessions/${id}`, arabic)).status).toBe(200)
      })
    })

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

      it("asks for a variant where there are several", async () => {
        const visitor = new TestVisitor(store)
        const phone = seeded.products.find(({ handle }) => handle === "phone-case")?.id
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
          product_id: shirt,
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

    it("carries no trace of a host name from the request", async () => {
      const response = await store.request("/products", { headers: { Host: "evil.example" } })
      expect(await response.text()).not.toContain("evil.example")
    })
  },
})
