// Story C1: a visitor starts a design, at either door, and comes back to it until its time is over.
import { createHash } from "node:crypto"
import sharp from "sharp"
import { personalizationTestRunner } from "../helpers/runner"
import { sendImage, type UploadReply } from "./c3-sender"
import { sessionShop, type Door, type Session } from "./session-shop"
import { TestVisitor, type Fault } from "./visitor"

const DAY_MS = 86_400_000
const DOORS: Door[] = ["standalone", "store"]

personalizationTestRunner({
  testSuite: (store) => {
    const shop = sessionShop(store)

    describe("C1: starting a session", () => {
      it("answers 201 with its id, and the key as a cookie", async () => {
        const response = await store.request("/sessions", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ product_id: shop.product("t-shirt") }),
        })
        expect(response.status).toBe(201)
        expect(response.headers.get("cache-control")).toBe("no-store")
        expect(response.headers.get("x-session-key")).toBeNull()
        const [cookie = "", ...more] = response.headers.getSetCookie()
        expect(more).toEqual([])
        const key = /^sessionKey=([\w-]{43});/.exec(cookie)?.[1] ?? ""
        expect(Buffer.from(key, "base64url")).toHaveLength(32)
        const body = (await response.json()) as { sessionId: string; session: Session }
        expect(body).toEqual({
          sessionId: body.session.id,
          session: {
            id: expect.stringMatching(/^psess_/) as string,
            product_id: shop.product("t-shirt"),
            variant_id: expect.stringMatching(/^variant_/) as string,
            template_id: expect.stringMatching(/^ptpl_/) as string,
            template_version: 1,
            options: {},
            revision: 0,
            expires_at: expect.stringMatching(/Z$/) as string,
          },
        })
        const left = Date.parse(body.session.expires_at) - Date.now()
        expect(Math.abs(left - 30 * DAY_MS)).toBeLessThan(60_000)
        const found = await shop.sql<{ key_hash: string }>(
          `select v.key_hash from personalization_visitor v
             join personalization_session s on s.visitor_id = v.id where s.id = ?`,
          [body.sessionId]
        )
        expect(found).toEqual([{ key_hash: createHash("sha256").update(key).digest("hex") }])
      })

      it.each(DOORS)("keeps one key for many sessions and one cart: %s", async (door) => {
        const visitor = new TestVisitor(store)
        const one = await shop.start(visitor, undefined, { door })
        expect(one.status).toBe(door === "store" ? 200 : 201)
        const { key } = visitor
        expect(key).toMatch(/^[\w-]{43}$/)
        const two = await shop.start(visitor, undefined, { door })
        expect(two.headers.get("x-session-key")).toBeNull()
        expect(two.headers.getSetCookie()).toEqual([])
        const carts = new Set<string>()
        for (const { body } of [one, two]) {
          const filled = { options: { size: "m", name: `Ada ${body.sessionId.at(-1) ?? ""}` } }
          expect((await shop.change(visitor, body.sessionId, filled, { door })).status).toBe(200)
          const added = await visitor.call<{ cart: { id: string } }>("POST", "/cart/items", {
            item: { session_id: body.sessionId },
          })
          carts.add(added.body.cart.id)
        }
        expect(carts.size).toBe(1)
        expect(visitor.key).toBe(key)
      })

      it("is the same session at both doors", async () => {
        const visitor = new TestVisitor(store)
        const { body } = await shop.start(visitor, undefined, { door: "store" })
        const options = { options: { size: "m", name: "Ada" } }
        const changed = await shop.change(visitor, body.sessionId, options, { door: "store" })
        const own = await shop.read(visitor, body.sessionId)
        const other = await shop.read(visitor, body.sessionId, { door: "store" })
        expect(own.text).toBe(other.text)
        expect(own.body.session).toMatchObject({ revision: 1, complete: true, missing: [] })
        expect(changed.body.session).toEqual(own.body.session)
        const job = await visitor.call<{ jobId: string }>(
          "POST",
          `/store/personalization/sessions/${body.sessionId}/preview`,
          {},
          shop.headers("store")
        )
        expect(job.status).toBe(202)
        const path = `/store/personalization/previews/${job.body.jobId}`
        const drawn = await visitor.call("GET", `${path}?wait=25`, undefined, shop.headers("store"))
        expect(drawn.body).toMatchObject({ status: "succeeded" })
        const photo = await sharp({
          create: { width: 300, height: 300, channels: 3, background: "#336699" },
        })
          .png()
          .toBuffer()
        const form = new FormData()
        form.append("file", new Blob([new Uint8Array(photo)]), "photo.png")
        form.append("zone", "photo")
        const sent = await visitor.call<UploadReply>(
          "POST",
          `/store/personalization/sessions/${body.sessionId}/uploads`,
          form,
          shop.headers("store")
        )
        expect([sent.status, sent.body.upload.width]).toEqual([200, 300])
        const again = await sendImage(visitor, body.sessionId, photo)
        expect(again.body.upload).toEqual(sent.body.upload)
        const stranger = new TestVisitor(store)
        const foreign = await stranger.call("GET", path, undefined, shop.headers("store"))
        expect(foreign).toMatchObject({ status: 404, body: { code: "preview_not_found" } })
        const keyless = await store.request(`/store/personalization/sessions/${body.sessionId}`)
        expect(keyless.status).toBe(400)
      })

      it("refuses what it does not know, each fault by its name", async () => {
        const visitor = new TestVisitor(store)
        const refused = async (body: Record<string, unknown>) => {
          const { status, body: answer } = await shop.start(visitor, body)
          return [status, answer.code, ...(answer.issues ?? []).map(({ path }) => path)]
        }
        const product_id = shop.product("t-shirt")
        expect(await refused({})).toEqual([400, "invalid_input", "product_id"])
        expect(await refused({ product_id: 7 })).toEqual([400, "invalid_input", "product_id"])
        expect(await refused({ product_id, colour: "red", variant_id: "" })).toEqual([
          ...[400, "invalid_input"],
          ...["variant_id", "colour"],
        ])
        expect(await refused({ product_id: "prod_none" })).toEqual([404, "product_not_found"])
        const unknown: [string, string][] = [
          ["variant_id", "unknown_variant"],
          ["template_id", "unknown_template"],
          ["currency_code", "unknown_currency"],
          ["country_code", "unknown_country"],
        ]
        for (const [field, code] of unknown) {
          const value = field.endsWith("_code") ? (field === "country_code" ? "aq" : "xxx") : "none"
          expect(await refused({ product_id, [field]: value })).toEqual([400, code, field])
        }
        const none = Object.fromEntries(unknown.map(([field]) => [field, "none"]))
        const all = { product_id, ...none, country_code: "aq", currency_code: "xxx" }
        expect(await refused(all)).toEqual([
          ...[400, "invalid_input"],
          ...["variant_id", "template_id", "country_code", "currency_code"],
        ])
        expect(await refused({ ...all, variant_id: 7, colour: "red" })).toEqual([
          ...[400, "invalid_input"],
          ...["variant_id", "colour", "template_id", "country_code", "currency_code"],
        ])
        expect(await refused({ ...all, product_id: "prod_none" })).toEqual([
          404,
          "product_not_found",
        ])
        expect(visitor.key).toBe("new")
      })
    })

    describe("C1: a session's time", () => {
      it("is put off by changes and not by reads", async () => {
        const visitor = new TestVisitor(store)
        const { body } = await shop.start(visitor)
        const id = body.sessionId
        const soon = new Date(Date.now() + 3_600_000).toISOString()
        await shop.sql(`update personalization_session set expires_at = ? where id = ?`, [soon, id])
        await shop.sql(
          `update personalization_visitor set expires_at = ?
            where id = (select visitor_id from personalization_session where id = ?)`,
          [soon, id]
        )
        const cookie = { Cookie: `sessionKey=${visitor.key}`, "Content-Type": "application/json" }
        const looked = await store.request(`/sessions/${id}`, { headers: cookie })
        expect(looked.headers.getSetCookie()).toEqual([])
        expect(((await looked.json()) as { session: Session }).session.expires_at).toBe(soon)
        const changed = await store.request(`/sessions/${id}`, {
          method: "PATCH",
          headers: cookie,
          body: JSON.stringify({ options: { name: "Ada" } }),
        })
        const { session } = (await changed.json()) as { session: Session }
        expect(Date.parse(session.expires_at)).toBeGreaterThan(Date.now() + 29 * DAY_MS)
        expect(changed.headers.getSetCookie()).toEqual([
          expect.stringMatching(new RegExp(`^sessionKey=${visitor.key}; Max-Age=2592000;`)),
        ])
        const [row] = await shop.sql<{ ends: string }>(
          `select v.expires_at as ends from personalization_visitor v
             join personalization_session s on s.visitor_id = v.id where s.id = ?`,
          [id]
        )
        expect(new Date(row?.ends ?? 0).getTime()).toBeGreaterThan(Date.parse(session.expires_at))
        const later = await store.request(`/sessions/${id}`, {
          method: "PATCH",
          headers: cookie,
          body: JSON.stringify({ options: { name: "Grace" } }),
        })
        expect(later.headers.getSetCookie()).toEqual([
          expect.stringMatching(new RegExp(`^sessionKey=${visitor.key}; Max-Age=2592000;`)),
        ])
      })

      it.each(["personalization_session", "personalization_visitor"])(
        "is over with that of its %s",
        async (table) => {
          const visitor = new TestVisitor(store)
          const { body } = await shop.start(visitor)
          await shop.sql(
            `update ${table} set expires_at = now() - interval '1 second'
              where id in (select ${table.endsWith("visitor") ? "visitor_id" : "id"}
                             from personalization_session where id = ?)`,
            [body.sessionId]
          )
          const nothing = await shop.read(visitor, "psess_none")
          const over = await shop.read(visitor, body.sessionId)
          const late = await shop.change(visitor, body.sessionId, { options: { name: "Ada" } })
          const [again, listed] = [
            await visitor.call("POST", `/sessions/${body.sessionId}/preview`, {}),
            await visitor.call<{ count: number }>("GET", "/sessions"),
          ]
          expect([over, late, again].map(({ text }) => text)).toEqual(
            Array.from({ length: 3 }, () => nothing.text)
          )
          expect(listed.body.count).toBe(0)
        }
      )
    })

    describe("C1: a session's template", () => {
      it("is the one it began with, and a newer default is told of", async () => {
        const visitor = new TestVisitor(store)
        const { body } = await shop.start(visitor, { product_id: shop.product("mug") })
        expect(body.session).not.toHaveProperty("newer_version")
        const page = await visitor.call<{
          product: { template: { definition: { zones: { kind: string }[] } } }
        }>("GET", "/products/mug")
        const { definition } = page.body.product.template
        const made = await shop.manage<Fault>("POST", "/templates", {
          ...{ product_id: shop.product("mug"), version: 2, is_default: true },
          definition: { ...definition, zones: definition.zones.slice(0, 1) },
        })
        expect(made.status).toBe(201)
        const { session } = (await shop.read(visitor, body.sessionId)).body
        expect(session).toMatchObject({
          template_id: body.session.template_id,
          template_version: 1,
          newer_version: 2,
        })
        const zones = definition.zones.length
        expect(zones).toBeGreaterThan(1)
        const begun = await shop.start(visitor, { product_id: shop.product("mug") })
        expect(begun.body.session).toMatchObject({ template_version: 2 })
        const old = await shop.start(visitor, {
          product_id: shop.product("mug"),
          template_id: body.session.template_id,
        })
        expect(old.body.session).toMatchObject({ template_version: 1 })
        await shop.manage("PUT", `/templates/${body.session.template_id}`, { status: "archived" })
        const still = await shop.read(visitor, body.sessionId)
        expect(still.body.session).toMatchObject({ template_version: 1, newer_version: 2 })
        const named = await shop.start(visitor, {
          product_id: shop.product("mug"),
          template_id: body.session.template_id,
        })
        expect(named.body.code).toBe("unknown_template")
      })
    })

    it("C1: a session is changed by its own site only, and by no form of another one", async () => {
      const visitor = new TestVisitor(store)
      const id = (await shop.start(visitor)).body.sessionId
      const json = { "Content-Type": "application/json" }
      const send = (headers: Record<string, string>, method = "PATCH", path = `/sessions/${id}`) =>
        store.request(path, {
          method,
          headers: { ...json, Cookie: `sessionKey=${visitor.key}`, ...headers },
          body: JSON.stringify(method === "PATCH" ? { options: { name: "Eve" } } : {}),
        })
      for (const origin of ["https://evil.example", "null", "http://localhost:8000.evil.example"]) {
        for (const reply of [
          await send({ Origin: origin }),
          await send({ Origin: origin }, "POST", `/sessions/${id}/preview`),
          await send(
            { Origin: origin, ...shop.headers("store") },
            "POST",
            `/store/personalization/sessions/${id}`
          ),
        ]) {
          expect([reply.status, await reply.text()]).toEqual([
            403,
            expect.stringContaining("foreign_origin"),
          ])
        }
      }
      const form = await send({ Origin: "https://evil.example", "Content-Type": "text/plain" })
      expect([403, 415]).toContain(form.status)
      expect((await shop.read(visitor, id)).body.session.revision).toBe(0)
      expect((await send({ Origin: "http://localhost:8000" })).status).toBe(200)
    })
  },
})
