// Story C1: a design that somebody makes while they are signed in is theirs on every device.
import { personalizationTestRunner } from "../helpers/runner"
import { sessionShop, type Customer } from "./session-shop"
import { TestVisitor } from "./visitor"

type Listed = {
  sessions: { id: string; revision: number; template_version: number }[]
  count: number
  limit: number
  offset: number
}

personalizationTestRunner({
  testSuite: (store) => {
    const shop = sessionShop(store)
    let ada: Customer
    let grace: Customer
    beforeAll(async () => {
      ada = await shop.customer("ada@example.com")
      grace = await shop.customer("grace@example.com")
    })

    const list = (visitor: TestVisitor, customer?: Customer, query = "") =>
      visitor.call<Listed>(
        "GET",
        `/sessions${query}`,
        undefined,
        shop.headers("standalone", customer)
      )

    it("opens on another device, which has no key of it", async () => {
      const laptop = new TestVisitor(store)
      const { body } = await shop.start(laptop, undefined, { customer: ada })
      const phone = new TestVisitor(store)
      const listed = await list(phone, ada)
      expect(listed.headers.get("cache-control")).toBe("no-store")
      expect(listed.body.sessions[0]).toEqual({
        ...{ id: body.sessionId, product_id: shop.product("t-shirt") },
        ...{ template_id: body.session.template_id, template_version: 1, revision: 0 },
        variant_id: body.session.variant_id,
        created_at: expect.stringMatching(/Z$/) as string,
        updated_at: expect.stringMatching(/Z$/) as string,
        expires_at: body.session.expires_at,
      })
      const open = await shop.read(phone, body.sessionId, { customer: ada })
      expect(open.status).toBe(200)
      const changed = await shop.change(
        phone,
        body.sessionId,
        { options: { size: "m", name: "Ada" }, revision: 0 },
        { customer: ada }
      )
      expect(changed.body.session).toMatchObject({ revision: 1, complete: true })
      expect(phone.key).toBe("new")
      expect(changed.headers.getSetCookie()).toEqual([])
      const atStore = await shop.read(phone, body.sessionId, { customer: ada, door: "store" })
      expect(atStore.body.session).toEqual(changed.body.session)
      const job = await phone.call<{ jobId: string }>(
        "POST",
        `/sessions/${body.sessionId}/preview`,
        {},
        shop.headers("standalone", ada)
      )
      const drawn = await phone.call(
        "GET",
        `/previews/${job.body.jobId}?wait=25`,
        undefined,
        shop.headers("standalone", ada)
      )
      expect(drawn.body).toMatchObject({ status: "succeeded" })
      expect((await shop.read(laptop, body.sessionId)).body.session.revision).toBe(1)
    })

    it("is put into a cart on another device", async () => {
      const { body } = await shop.start(new TestVisitor(store), undefined, { customer: ada })
      const options = { options: { size: "m", name: "From afar" } }
      const phone = new TestVisitor(store)
      await shop.change(phone, body.sessionId, options, { customer: ada })
      const item = { item: { session_id: body.sessionId } }
      expect((await phone.call("POST", "/cart/items", item)).status).toBe(404)
      expect(phone.key).toBe("new")
      const added = await phone.call<{ cart: { items: { id: string; options: unknown }[] } }>(
        "POST",
        "/cart/items",
        item,
        shop.headers("standalone", ada)
      )
      expect(added.status).toBe(200)
      expect(added.body.cart.items).toMatchObject([{ options: { name: { text: "From afar" } } }])
      expect(phone.key).toMatch(/^[\w-]{43}$/)
      // It is the phone's line now: whoever holds its key may edit it.
      const item_id = added.body.cart.items[0]?.id
      for (const signedIn of [{ customer: ada }, {}]) {
        const edited = await shop.start(phone, { from: { item_id } }, signedIn)
        expect(edited.body).toMatchObject({
          ...{ issues: [], session: { complete: true } },
        })
        expect(edited.body.session.options).toMatchObject({ name: { text: "From afar" } })
      }
    })

    it("is nobody else's, with an account or without", async () => {
      const laptop = new TestVisitor(store)
      const { body } = await shop.start(laptop, undefined, { customer: ada })
      const stranger = new TestVisitor(store)
      const nothing = await shop.read(stranger, "psess_none", { customer: grace })
      for (const customer of [grace, undefined]) {
        const foreign = await shop.read(stranger, body.sessionId, { ...(customer && { customer }) })
        expect(`${foreign.status} ${foreign.text}`).toBe(`404 ${nothing.text}`)
      }
      const listed = await list(stranger, grace)
      expect(listed.body).toMatchObject({ sessions: [], count: 0 })
      expect((await list(stranger)).body.count).toBe(0)
      const forged = await list(stranger, { id: ada.id, token: `${ada.token}x` })
      expect(forged.body.count).toBe(0)
    })

    it("was begun without an account: it is taken along by a change after signing in", async () => {
      const visitor = new TestVisitor(store)
      const { body } = await shop.start(visitor)
      const other = new TestVisitor(store)
      expect((await shop.read(other, body.sessionId, { customer: grace })).status).toBe(404)
      await shop.read(visitor, body.sessionId, { customer: grace })
      expect((await shop.read(other, body.sessionId, { customer: grace })).status).toBe(404)
      const name = { options: { name: "Grace" } }
      await shop.change(visitor, body.sessionId, name, { customer: grace })
      expect((await shop.read(other, body.sessionId, { customer: grace })).status).toBe(200)
      // It stays hers, whoever uses the browser after her.
      await shop.change(visitor, body.sessionId, name, { customer: ada })
      expect((await shop.read(other, body.sessionId, { customer: ada })).status).toBe(404)
      expect((await shop.read(other, body.sessionId, { customer: grace })).status).toBe(200)
    })

    it("comes in pages, the last changed first, beside those of the browser's key", async () => {
      const eve = await shop.customer("eve@example.com")
      const visitor = new TestVisitor(store)
      const own = (await shop.start(visitor)).body.sessionId
      const ids: string[] = []
      for (let index = 0; index < 3; index++) {
        const { body } = await shop.start(new TestVisitor(store), undefined, { customer: eve })
        ids.unshift(body.sessionId)
      }
      const first = ids.at(-1) ?? ""
      await shop.change(new TestVisitor(store), first, { options: {} }, { customer: eve })
      const order = [first, ...ids.slice(0, -1), own]
      const all = await list(visitor, eve)
      expect(all.body).toMatchObject({ count: 4, limit: 20, offset: 0 })
      expect(all.body.sessions.map(({ id }) => id)).toEqual(order)
      const page = await list(visitor, eve, "?limit=2&offset=1")
      expect(page.body).toMatchObject({ count: 4, limit: 2, offset: 1 })
      expect(page.body.sessions.map(({ id }) => id)).toEqual(order.slice(1, 3))
      expect((await list(visitor, undefined)).body.sessions.map(({ id }) => id)).toEqual([own])
      const bad = await visitor.call("GET", "/sessions?limit=0&offset=-1")
      expect(bad).toMatchObject({
        status: 400,
        body: { issues: [{ path: "limit" }, { path: "offset" }] },
      })
    })

    it("is not acted on by a page of another site with Medusa's own cookie", async () => {
      const signedIn = await store.request("/auth/session", {
        method: "POST",
        headers: { Authorization: `Bearer ${ada.token}` },
      })
      const cookie = signedIn.headers
        .getSetCookie()
        .map((line) => line.split(";")[0])
        .join("; ")
      expect(cookie).toMatch(/^connect\.sid=/)
      const start = (origin?: string) =>
        store.request("/sessions", {
          method: "POST",
          headers: {
            ...{ "Content-Type": "application/json", Cookie: cookie, "X-Session-Key": "new" },
            ...(origin && { Origin: origin }),
          },
          body: JSON.stringify({ product_id: shop.product("t-shirt") }),
        })
      const before = (await list(new TestVisitor(store), ada)).body.count
      for (const origin of ["https://evil.example", "null"]) {
        const refused = await start(origin)
        expect(refused.status).toBe(403)
        expect(await refused.json()).toMatchObject({ code: "foreign_origin" })
      }
      expect((await list(new TestVisitor(store), ada)).body.count).toBe(before)
      expect((await start("http://localhost:8000")).status).toBe(201)
      expect((await list(new TestVisitor(store), ada)).body.count).toBe(before + 1)
    })
  },
})
