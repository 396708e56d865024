// Story C2: a session is read by its owner; to everybody else there is no such thing.
import { randomBytes } from "node:crypto"
import { personalizationTestRunner } from "../helpers/runner"
import { sessionShop, type Door } from "./session-shop"
import { TestVisitor } from "./visitor"

/** What may differ from answer to answer. */
const PASSING = ["date", "x-request-id", "keep-alive", "connection"]

personalizationTestRunner({
  testSuite: (store) => {
    const shop = sessionShop(store)

    it("C2: reads completeness and a live price by the template that it began with", async () => {
      const visitor = new TestVisitor(store)
      const { body } = await shop.start(visitor)
      const id = body.sessionId
      const empty = await shop.read(visitor, id)
      expect(empty.headers.get("cache-control")).toBe("no-store")
      expect(empty.body.sessionId).toBe(id)
      expect(empty.body.session).toMatchObject({ complete: false, missing: ["name", "size"] })
      const base = empty.body.session.price?.unit_price ?? 0
      expect(base).toBeGreaterThan(0)
      const options = { name: "Adalbert Lovelace", size: "2xl", back_text: "Hi" }
      const changed = await shop.change(visitor, id, { options })
      const { session } = (await shop.read(visitor, id)).body
      expect(session).toEqual(changed.body.session)
      expect(session).toMatchObject({ complete: true, missing: [], warnings: [], revision: 1 })
      const { price } = session as unknown as {
        price: { base_price: number; surcharges: { path: string; amount: number }[] }
      }
      // 16 letters that print, of which 12 are free; a text on the back; the size.
      const amounts = Object.fromEntries(
        price.surcharges.map(({ path, amount }) => [path, Math.round(amount * 100)])
      )
      expect(amounts).toMatchObject({ name: 100, back_text: 500 })
      const cents = Object.values(amounts).reduce((sum, amount) => sum + amount, 0)
      expect(Math.round((session.price?.unit_price ?? 0) * 100)).toBe(
        Math.round(base * 100) + cents
      )
      const cleared = await shop.change(visitor, id, { options: { back_text: null, size: null } })
      expect(cleared.body.session).toMatchObject({ complete: false, missing: ["size"] })
      expect(cleared.body.session.options).not.toHaveProperty("back_text")
    })

    describe("C2: a session of somebody else's, or none at all", () => {
      let foreign = ""
      let stranger: TestVisitor
      beforeAll(async () => {
        foreign = (await shop.start(new TestVisitor(store))).body.sessionId
        stranger = new TestVisitor(store)
        await shop.start(stranger)
      })

      /** Who may ask: with a key of their own, with one that was made up, broken, empty, as a cookie, with none. */
      const keys = (): Record<string, Record<string, string>> => ({
        own: { "X-Session-Key": stranger.key },
        cookie: { Cookie: `sessionKey=${stranger.key}` },
        guessed: { "X-Session-Key": randomBytes(32).toString("base64url") },
        broken: { "X-Session-Key": "'; drop table personalization_session; --" },
        new: { "X-Session-Key": "new" },
        none: {},
      })
      const ids = (): Record<string, string> => ({
        foreign,
        guessed: `psess_${foreign.slice("psess_".length).split("").reverse().join("")}`,
        strange: encodeURIComponent("../../x' or 1=1"),
        long: "x".repeat(2000),
      })

      async function ask(
        door: Door,
        [method, below]: [string, string],
        id: string,
        key: Record<string, string>
      ): Promise<{ text: string; statements: string[] }> {
        const prefix = door === "store" ? "/store/personalization" : ""
        const form = new FormData()
        form.append("zone", "photo")
        form.append("file", new Blob(["no picture"]), "photo.png")
        const plain = method === "GET" || below === "/uploads"
        const { result, statements } = await shop.watched(async () => {
          const response = await store.request(`${prefix}/sessions/${id}${below}`, {
            method,
            headers: {
              ...(plain ? {} : { "Content-Type": "application/json" }),
              ...shop.headers(door),
              ...key,
            },
            ...(method === "GET" ? {} : { body: below === "/uploads" ? form : "{}" }),
          })
          const headers = [...response.headers].filter(([name]) => !PASSING.includes(name))
          return JSON.stringify([response.status, headers, await response.text()])
        })
        // Values are written into the statements: they differ, and nothing else may.
        const shapes = statements
          .filter((text) => !/api_key/.test(text))
          .map((text) => text.replace(/'(?:[^']|'')*'|NULL/g, "?"))
        return { text: result, statements: shapes }
      }

      it.each<[Door, string, string]>([
        ["standalone", "GET", ""],
        ["standalone", "PATCH", ""],
        ["standalone", "POST", "/preview"],
        ["standalone", "POST", "/uploads"],
        ["store", "GET", ""],
        ["store", "POST", ""],
        ["store", "POST", "/preview"],
        ["store", "POST", "/uploads"],
      ])(
        "is the same 404, byte for byte and by the same statements: %s %s %s",
        async (door, method, below) => {
          const answers: Awaited<ReturnType<typeof ask>>[] = []
          for (const id of Object.values(ids())) {
            for (const key of Object.values(keys())) {
              answers.push(await ask(door, [method, below], id, key))
            }
          }
          expect(answers).toHaveLength(24)
          expect(answers[0]?.text).toContain(`"code\\":\\"session_not_found\\"`)
          expect(answers[0]?.text.startsWith("[404,")).toBe(true)
          expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
          // The work is the same, so the time is.
          expect(answers[0]?.statements.filter((text) => /_session\b/.test(text))).toHaveLength(1)
          expect(new Set(answers.map(({ statements }) => statements.join("\n"))).size).toBe(1)
        }
      )

      it("does not count as a preview, a cart's line or a source either", async () => {
        const headers = { "Content-Type": "application/json", "X-Session-Key": stranger.key }
        const post = async (path: string, body: unknown) => {
          const init = { method: "POST", headers, body: JSON.stringify(body) }
          return (await store.request(path, init)).text()
        }
        const from = (session_id: string) => post("/sessions", { from: { session_id } })
        const item = (session_id: string) => post("/cart/items", { item: { session_id } })
        expect(await from(foreign)).toBe(await from("psess_none"))
        expect(await item(foreign)).toBe(await item("psess_none"))
        expect(await item(foreign)).toContain("session_not_found")
      })
    })
  },
})
