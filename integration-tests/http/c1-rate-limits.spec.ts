// @redis Story C1, under load: who asks for too much is told to wait, and for nobody else does anything change.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { Redis } from "ioredis"
import sharp from "sharp"
import { openCounters } from "../../src/lib/rate-limit-counters"
import { RateLimits } from "../../src/lib/rate-limits"
import { personalization } from "../../src/workflows/services"
import { personalizationTestRunner } from "../helpers/runner"
import { openUpload, sendImage } from "./c3-sender"
import { sessionShop } from "./session-shop"
import { TestVisitor, type Fault } from "./visitor"

const SESSIONS = 120
const UPLOADS = 120
const PER_VISITOR = 30

personalizationTestRunner({
  env: { RATE_LIMITS: "true", TRUSTED_PROXIES: "loopback" },
  testSuite: (store) => {
    const shop = sessionShop(store)
    let made = 0
    /** What a proxy in front of the store says of a client. */
    const from = (address: string) => ({ "X-Forwarded-For": address })
    const elsewhere = () => {
      made += 1
      return from(`198.51.100.${made}`)
    }
    const start = (headers: Record<string, string>, path = "/sessions") =>
      store.request(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Session-Key": "new", ...headers },
        body: JSON.stringify({ product_id: shop.product("t-shirt") }),
      })
    const count = async (table: string) =>
      Number((await shop.sql<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n)

    it("1,000 sessions from one address come to the limit, and cost no more", async () => {
      const before = await Promise.all(
        ["personalization_session", "personalization_visitor"].map(count)
      )
      const replies: { status: number; headers: Headers; text: string }[] = []
      // A socket's queue of connections that nobody took yet is shorter than 1,000: what goes beyond it is reset.
      const connections = Array.from({ length: 200 }, async (_, index) => {
        for (let turn = 0; turn < 5; turn++) {
          // What stands left of the client's own address, the client has written.
          const reply = await start(from(`203.0.113.${index}, 192.0.2.${turn}, 192.0.2.1`))
          replies.push({ status: reply.status, headers: reply.headers, text: await reply.text() })
        }
      })
      const other = start(elsewhere())
      await Promise.all(connections)
      const statuses = replies.map(({ status }) => status)
      expect(statuses.filter((status) => status === 201)).toHaveLength(SESSIONS)
      expect(statuses.filter((status) => status === 429)).toHaveLength(1000 - SESSIONS)
      expect((await other).status).toBe(201)
      const after = await Promise.all(
        ["personalization_session", "personalization_visitor"].map(count)
      )
      expect(after.map((rows, index) => rows - (before[index] ?? 0))).toEqual([
        SESSIONS + 1,
        SESSIONS + 1,
      ])
      const refused = replies.find(({ status }) => status === 429)
      const wait = Number(refused?.headers.get("retry-after"))
      expect(wait).toBeGreaterThan(0)
      expect(wait).toBeLessThanOrEqual(60)
      expect(refused?.headers.get("cache-control")).toBe("no-store")
      expect(refused?.headers.getSetCookie()).toEqual([])
      expect(refused?.headers.get("x-session-key")).toBeNull()
      expect(JSON.parse(refused?.text ?? "")).toMatchObject({
        type: "too_many_requests",
        code: "rate_limited",
        issues: [{ code: "rate_limited", params: { limit: SESSIONS, window_seconds: 60 } }],
      })
      const here = from("192.0.2.1")
      const atStore = await start(
        { ...here, ...shop.headers("store") },
        "/store/personalization/sessions"
      )
      expect(atStore.status).toBe(429)
      expect(atStore.headers.get("access-control-expose-headers")).toContain("Retry-After")
      const mine = await store.request("/cart", { headers: here })
      expect(mine.status).toBe(200)
    }, 60_000)

    it("a new visitor by way of the cart counts as a session, a known one does not", async () => {
      const here = from("192.0.2.2")
      const known = new TestVisitor(store)
      const { body } = await shop.manage<Fault & { product: { variants: { id: string }[] } }>(
        "POST",
        "/products",
        { name: "A plain card", base_price: 2 }
      )
      const item = { item: { variant_id: body.product.variants[0]?.id } }
      const add = (visitor: TestVisitor) => visitor.call("POST", "/cart/items", item, here)
      expect((await add(known)).status).toBe(200)
      const left = Array.from({ length: SESSIONS - 1 }, () => start(here))
      await Promise.all(left)
      expect((await add(new TestVisitor(store))).status).toBe(429)
      expect((await add(known)).status).toBe(200)
    }, 60_000)

    it("a visitor has a limit wherever they are, for sessions", async () => {
      const visitor = new TestVisitor(store)
      const begin = () =>
        visitor.call("POST", "/sessions", { product_id: shop.product("t-shirt") }, elsewhere())
      const statuses: number[] = []
      for (let index = 0; index < PER_VISITOR + 3; index++) {
        statuses.push((await begin()).status)
      }
      // The first one was made for a visitor whom nobody knew.
      expect(statuses.filter((status) => status === 201)).toHaveLength(PER_VISITOR + 1)
      expect(statuses.at(-1)).toBe(429)
      const list = await visitor.call<{ count: number }>("GET", "/sessions")
      expect([list.status, list.body.count]).toEqual([200, PER_VISITOR + 1])
    })

    it("and for uploads, which are answered before they are read", async () => {
      const visitor = new TestVisitor(store)
      const { body } = await shop.start(visitor)
      const photo = await sharp({
        create: { width: 300, height: 300, channels: 3, background: "#336699" },
      })
        .png()
        .toBuffer()
      for (let index = 0; index < PER_VISITOR; index++) {
        expect((await sendImage(visitor, body.sessionId, photo)).status).toBe(201)
      }
      const refused = await sendImage(visitor, body.sessionId, photo)
      expect([refused.status, refused.body.code]).toEqual([429, "rate_limited"])
      await isRefusedEarly(visitor, body.sessionId)
    }, 60_000)

    it("and an address, for uploads, whatever they are for", async () => {
      const here = from("192.0.2.4")
      const nobody = new TestVisitor(store)
      const send = () => nobody.call<Fault>("POST", "/sessions/psess_none/uploads", "", here)
      const replies = await Promise.all(Array.from({ length: UPLOADS + 5 }, send))
      const statuses = replies.map(({ status }) => status)
      expect(statuses.filter((status) => status === 404)).toHaveLength(UPLOADS)
      expect(statuses.filter((status) => status === 429)).toHaveLength(5)
      const visitor = new TestVisitor(store)
      const { body } = await shop.start(visitor)
      await isRefusedEarly(visitor, body.sessionId, here)
    }, 60_000)

    /** Nothing of what was announced is sent. */
    async function isRefusedEarly(visitor: TestVisitor, session: string, headers = {}) {
      const announced = { "Content-Length": 19_000_000, ...headers }
      const client = openUpload(store, visitor, session, announced)
      expect(await client.answer()).toMatchObject({
        status: 429,
        headers: { connection: "close", "retry-after": expect.stringMatching(/^[1-9]\d?$/) },
        body: { code: "rate_limited" },
      })
      client.socket.destroy()
    }

    it("and for previews", async () => {
      const visitor = new TestVisitor(store)
      const { body } = await shop.start(visitor)
      const { rate_limits } = personalization(store.getContainer()).options
      const limit = rate_limits.previews.per_visitor
      const statuses: number[] = []
      for (let index = 0; index < limit + 1; index++) {
        const reply = await visitor.call(
          "POST",
          `/sessions/${body.sessionId}/preview`,
          {},
          elsewhere()
        )
        statuses.push(reply.status)
      }
      expect(statuses).toEqual([...Array.from({ length: limit }, () => 202), 429])
      expect((await shop.read(visitor, body.sessionId)).status).toBe(200)
    }, 60_000)

    it("says nothing of whether a session is there", async () => {
      const { body } = await shop.start(new TestVisitor(store))
      const here = from("192.0.2.3")
      const ask = (id: string) =>
        store.request(`/sessions/${id}/preview`, { method: "POST", headers: here })
      const { rate_limits } = personalization(store.getContainer()).options
      for (let index = 0; index < rate_limits.previews.per_address; index += 100) {
        await Promise.all(Array.from({ length: 100 }, () => ask("psess_none")))
      }
      const [foreign, nothing] = [await ask(body.sessionId), await ask("psess_none")]
      expect(foreign.status).toBe(429)
      expect(await foreign.text()).toBe(await nothing.text())
    }, 60_000)

    it("is counted by all processes together, under names that nobody can read", async () => {
      const service = personalization(store.getContainer())
      const { rate_limits, secret } = service.options
      const redis_url = process.env.REDIS_URL || undefined
      const connection = store.getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
      const warnings: string[] = []
      const log = { warn: (message: string) => void warnings.push(message) }
      const processes = Array.from(
        { length: 3 },
        () =>
          new RateLimits(rate_limits, secret, () => openCounters({ redis_url, connection }), log)
      )
      const counts = () => (redis_url ? redisCounts(redis_url) : tableCounts())
      const before = await counts()
      try {
        const requests = Array.from({ length: 100 }).flatMap(() =>
          processes.map((each) => each.count("sessions", { address: "192.0.2.77" }))
        )
        const answers = await Promise.all(requests)
        expect(answers.filter((refusal) => refusal === null)).toHaveLength(SESSIONS)
        const refuse = () =>
          Promise.all(
            processes.map(async (each) => {
              const refusal = await each.count("sessions", { address: "192.0.2.77" })
              expect(refusal).toMatchObject({ limit: SESSIONS })
            })
          )
        // A process that was not refused yet does not know.
        await refuse()
        const after = await counts()
        const [name = ""] = [...after.keys()].filter((key) => !before.has(key))
        expect(after.get(name)).toBeGreaterThanOrEqual(SESSIONS)
        // Who is refused costs the shared counts nothing any more.
        for (let time = 0; time < 20; time++) {
          await refuse()
        }
        expect((await counts()).get(name)).toBe(after.get(name))
        expect(warnings).toEqual([])
      } finally {
        await Promise.all(processes.map((each) => each.close()))
      }
      for (const name of (await counts()).keys()) {
        expect(name).toMatch(
          /^(personalization:)?(sessions|uploads|previews):(visitor|address):[\w-]{24}$/
        )
      }
    }, 60_000)

    async function tableCounts(): Promise<Map<string, number>> {
      const rows = await shop.sql<{ key: string; points: number }>(
        "select key, points from personalization_rate_limit"
      )
      return new Map(rows.map(({ key, points }) => [key, points]))
    }

    async function redisCounts(url: string): Promise<Map<string, number>> {
      const client = new Redis(url)
      try {
        const keys = (await client.keys("*")).filter((key) => /:(visitor|address):/.test(key))
        const values = await Promise.all(keys.map((key) => client.get(key)))
        return new Map(keys.map((key, index) => [key, Number(values[index])]))
      } finally {
        client.disconnect()
      }
    }
  },
})
