// @redis
// The catalog's cache over HTTP: validators, keys, one load for a stampede, answers before the chain, and Redis.
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { Client } from "pg"
import { ReadyCache, readyAnswer } from "../../src/lib/ready-cache"
import { sharedCache } from "../../src/lib/shared-cache"
import { catalogAnswerers } from "../../src/scripts/serve/catalog"
import { answerOr } from "../../src/scripts/serve/early"
import { loadSlots } from "../../src/workflows/catalog/slots"
import { touchCatalog } from "../../src/workflows/catalog/version"
import { personalizationTestRunner } from "../helpers/runner"
import { dashboard, fill, get, queriesOf, rows, until, type ListBody } from "./catalog-shop"
import { seededShop } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { seeded } = seededShop(store)
    const admin = dashboard(store, () => seeded().api_key)
    const touch = () => touchCatalog(store.getContainer())

    describe("validators and keys", () => {
      it("says MISS, then HIT, with the contract's headers", async () => {
        await touch()
        const first = await get<ListBody>(store, "/products")
        const second = await get<ListBody>(store, "/products")
        expect([first, second].map(({ headers }) => headers.get("x-cache"))).toEqual([
          "MISS",
          "HIT",
        ])
        expect(second.text).toBe(first.text)
        expect(Object.fromEntries(second.headers)).toMatchObject({
          "content-type": "application/json; charset=utf-8",
          "content-length": String(Buffer.byteLength(second.text)),
          "cache-control": "public, max-age=0, s-maxage=60",
          etag: first.headers.get("etag"),
          vary: "Origin",
        })
      })

      it("answers 304 to a client that has it, and HEAD without a body", async () => {
        for (const path of ["/products", "/products/mug"]) {
          const full = await get(store, path)
          const etag = full.headers.get("etag") ?? ""
          const same = await store.request(path, { headers: { "If-None-Match": `W/${etag}` } })
          expect([same.status, await same.text(), same.headers.get("etag")]).toEqual([
            304,
            "",
            etag,
          ])
          const other = await store.request(path, { headers: { "If-None-Match": '"other"' } })
          expect(other.status).toBe(200)
          const head = await store.request(path, { method: "HEAD" })
          expect([head.status, await head.text()]).toEqual([200, ""])
          expect(head.headers.get("content-length")).toBe(String(Buffer.byteLength(full.text)))
        }
      })

      it("makes no new entry for unknown keys, another order or spelling, or the default's name", async () => {
        await touch()
        await get(store, "/products?limit=20")
        const same = [
          "/products",
          "/products/?utm_source=mail",
          "/products?_=1",
          "/products?offset=0&limit=20&currency_code=USD",
          "/products?q=%20",
        ]
        const queries = await queriesOf(store, async () => {
          for (const path of same) {
            expect((await get(store, path)).headers.get("x-cache")).toBe("HIT")
          }
        })
        expect(queries).toEqual([])
      })

      it("keeps what is not there too, and lets nobody else keep it", async () => {
        const missing = await get(store, "/products/none")
        const queries = await queriesOf(store, () => get(store, "/products/none"))
        expect([missing.status, missing.headers.get("cache-control"), queries]).toEqual([
          404,
          "no-store",
          [],
        ])
      })

      it("knows an id of over 500 characters for one that is not there, without a query", async () => {
        const missing = await get(store, "/products/none")
        const long = async (length: number) => {
          await touch()
          return get(store, `/products/${"x".repeat(length)}`)
        }
        expect((await queriesOf(store, () => long(500))).length).toBeGreaterThan(0)
        for (const length of [501, 8000]) {
          expect(await queriesOf(store, () => long(length))).toEqual([])
          const { status, text } = await long(length)
          expect({ status, text }).toEqual({ status: 404, text: missing.text })
        }
      })

      it("a stampede costs one load", async () => {
        await touch()
        const once = await queriesOf(store, () => get(store, "/products?limit=3"))
        await touch()
        const answers: string[] = []
        const stampede = await queriesOf(store, async () => {
          const all = await Promise.all(
            Array.from({ length: 50 }, () => get(store, "/products?limit=3"))
          )
          answers.push(...all.map(({ text }) => text))
        })
        expect(once.length).toBeGreaterThan(3)
        expect(stampede).toHaveLength(once.length)
        expect(new Set(answers).size).toBe(1)
      })

      it("lets the shop's pages read it, and no other page", async () => {
        const ask = (origin: string) => get(store, "/products", { Origin: origin })
        const own = await ask("http://localhost:8000")
        expect(Object.fromEntries(own.headers)).toMatchObject({
          "access-control-allow-origin": "http://localhost:8000",
          "access-control-allow-credentials": "true",
          "access-control-expose-headers": expect.stringContaining("ETag"),
        })
        const foreign = await ask("https://evil.example")
        expect(foreign.headers.get("access-control-allow-origin")).toBeNull()
      })
    })

    describe("with a database that does not keep up", () => {
      /** Asks for all the paths while nobody can read the table; lets go when so many were refused. */
      const crowd = async (table: string, paths: string[], refusals: number) => {
        const client = new Client({ connectionString: store.databaseUrl })
        await client.connect()
        const answers: { status: number; code: string; retry: string | null }[] = []
        try {
          await client.query("begin")
          await client.query(`lock table ${table} in access exclusive mode`)
          const asked = Promise.all(
            paths.map(async (path) => {
              const { status, body, headers } = await get<{ code: string }>(store, path)
              answers.push({ status, code: body.code, retry: headers.get("retry-after") })
            })
          )
          await until(async () => answers.length >= refusals)
          await client.query("rollback")
          await asked
        } finally {
          await client.end()
        }
        const refused = answers.filter(({ status }) => status !== 200)
        expect(refused).toEqual(
          Array.from({ length: refusals }, () => ({
            status: 503,
            code: "catalog_busy",
            retry: "2",
          }))
        )
      }

      it("refuses pages of the list over 3 loads and 200 waiting ones", async () => {
        await touch()
        await get(store, "/products/mug")
        const paths = Array.from({ length: 210 }, (_, at) => `/products?limit=1&offset=${at}`)
        await crowd("product", paths, 7)
        expect((await get(store, "/products?limit=1&offset=999")).status).toBe(200)
      }, 60_000)

      it.each([
        ["searches", "/products?q=", "/products/none-"],
        ["unknown products", "/products/none-", "/products?q="],
      ])("answers the list while %s wait", async (_what, crowded, other) => {
        const slots = loadSlots[crowded.includes("?") ? "search" : "product"]
        await touch()
        const free = await fill(slots)
        try {
          const refused = await get<{ code: string }>(store, `${crowded}1`)
          expect([refused.status, refused.body.code]).toEqual([503, "catalog_busy"])
          expect((await get(store, "/products?limit=7")).status).toBe(200)
          expect((await get(store, `${other}1`)).status).not.toBe(503)
        } finally {
          await free()
        }
        expect((await get(store, `${crowded}1`)).status).not.toBe(503)
      })

      it("refuses lists of templates and option sets over 4 running and 100 waiting ones", async () => {
        const paths = Array.from({ length: 109 }, (_, at) =>
          at % 2 ? `/templates?offset=${at}` : `/optionsets?offset=${at}`
        )
        await crowd("personalization_template, personalization_option_set", paths, 5)
        expect((await get(store, "/templates")).status).toBe(200)
        expect((await get(store, "/optionsets")).status).toBe(200)
      }, 60_000)
    })

    describe("before the chain", () => {
      let server: Server
      let base: string

      beforeAll(async () => {
        const answerers = catalogAnswerers(store.getContainer())
        server = createServer((req, res) => {
          answerOr(answerers, req, res, () => res.writeHead(418).end())
        })
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
        base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      })
      afterAll(() => new Promise((resolve) => server.close(resolve)))

      const ask = async (path: string, init: RequestInit = {}) => {
        const response = await fetch(`${base}${path}`, init)
        return { status: response.status, headers: response.headers, text: await response.text() }
      }

      it("answers the catalog's reads with the same bytes, and hands on the rest", async () => {
        for (const path of ["/products", "/products/mug", "/products/none"]) {
          const chain = await get(store, path)
          const early = await ask(path)
          expect([early.status, early.text]).toEqual([chain.status, chain.text])
        }
        const handedOn: [string, RequestInit?][] = [
          ["/products?limit=0"],
          ["/products?currency_code=xxx"],
          ["/products", { method: "POST", body: "{}" }],
          ["/products", { method: "OPTIONS" }],
          ["/productsx"],
          ["/cart"],
        ]
        for (const [path, init] of handedOn) {
          expect((await ask(path, init)).status).toBe(418)
        }
      })

      it("marks answers to the shop's pages", async () => {
        const own = await ask("/products", { headers: { Origin: "http://localhost:8000" } })
        expect(own.headers.get("access-control-allow-origin")).toBe("http://localhost:8000")
        expect(own.headers.get("vary")).toBe("Origin")
        const foreign = await ask("/products", { headers: { Origin: "https://evil.example" } })
        expect(foreign.headers.get("access-control-allow-origin")).toBeNull()
      })

      it("answers door 1 for a valid publishable key without a query, and sees a revocation", async () => {
        const path = "/store/products/mug/personalization"
        const { api_key } = await admin<{ api_key: { id: string; token: string } }>(
          "POST",
          "/api-keys",
          { title: "Shop window", type: "publishable" }
        )
        const channels = await rows<{ id: string }>(
          store,
          "select default_sales_channel_id as id from store"
        )
        await admin("POST", `/api-keys/${api_key.id}/sales-channels`, {
          add: channels.map(({ id }) => id),
        })
        const headers = { "x-publishable-api-key": api_key.token }
        expect((await ask(path)).status).toBe(418)
        expect((await ask(path, { headers: { "x-publishable-api-key": "pk_no" } })).status).toBe(
          418
        )
        const chain = await get(store, path, headers)
        const first = await ask(path, { headers })
        expect([first.status, first.text]).toEqual([200, chain.text])
        expect(first.headers.get("vary")).toBe("Origin, x-publishable-api-key")
        expect(await queriesOf(store, () => ask(path, { headers }))).toEqual([])
        const far = `/store/products/${"x".repeat(501)}/personalization`
        const [none, long] = [await get(store, "/products/none"), await get(store, far, headers)]
        expect([long.status, long.text]).toEqual([404, none.text])
        expect(await queriesOf(store, () => ask(far, { headers }))).toEqual([])
        await admin("POST", `/api-keys/${api_key.id}/revoke`)
        await until(async () => (await ask(path, { headers })).status === 418)
      }, 30_000)
    })

    if (process.env.REDIS_URL) {
      it("another process finds the entry in Redis, with the age it has", async () => {
        const container = store.getContainer()
        const log = container.resolve(ContainerRegistrationKeys.LOGGER)
        let clock = 0
        const process_ = () =>
          new ReadyCache({
            max_bytes: 1_000_000,
            ttl_seconds: 60,
            shared: sharedCache(container.resolve(Modules.CACHING), log),
            now: () => clock,
          })
        const load = jest.fn(async () => readyAnswer(200, { text: "ä".repeat(5000) }))
        const first = await process_().read("1", "list", load)
        await new Promise((resolve) => setTimeout(resolve, 1500))
        const other = process_()
        const found = await other.read("1", "list", load)
        expect(load).toHaveBeenCalledTimes(1)
        expect(found).toMatchObject({ hit: true })
        expect(found.answer.body.equals(first.answer.body)).toBe(true)
        clock += 58_000
        expect(other.peek("1", "list")).toBeDefined()
        clock += 600
        expect(other.peek("1", "list")).toBeUndefined()
        expect(await process_().read("2", "list", load)).toMatchObject({ hit: false })
      })
    }
  },
})
