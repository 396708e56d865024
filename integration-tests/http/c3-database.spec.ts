// Stories C1 to C3, seen from the database: no key lies in it, and what a visitor wrote lies in its own rows only.
import { personalizationTestRunner } from "../helpers/runner"
import { openUpload } from "./c3-sender"
import { privacyShop } from "./privacy-shop"
import { TestVisitor } from "./visitor"

const SESSIONS = "public.personalization_session"

personalizationTestRunner({
  testSuite: (store) => {
    const shop = privacyShop(store)
    const { design, change, preview, addToCart, order, delivered, tablesWith } = shop

    /** The store's log while some work is done. */
    async function logged(work: () => Promise<void>): Promise<string> {
      const lines: string[] = []
      const spies = (["log", "info", "warn", "error", "debug"] as const).map((name) =>
        jest.spyOn(console, name).mockImplementation((...parts) => void lines.push(parts.join(" ")))
      )
      try {
        await work()
      } finally {
        spies.forEach((spy) => spy.mockRestore())
      }
      return lines.join("\n")
    }

    it("what is designed, drawn and refused lies in the session's row alone", async () => {
      const log = await logged(async () => {
        const own = await design({ name: "Inmyrowonly", back_text: { text: "Morewords" } })
        await preview(own)
        await preview(own)
        const refused = { options: { name: "Neversaved\u202e", back_text: "Northis" } }
        expect((await own.visitor.call("PATCH", `/sessions/${own.id}`, refused)).status).toBe(400)
        const foreign = { options: { name: "Notmine" } }
        const stranger = new TestVisitor(store)
        expect((await stranger.call("PATCH", `/sessions/${own.id}`, foreign)).status).toBe(404)
        await change(own, { back_text: { text: "Changedwords" } })
      })
      expect(await tablesWith("Inmyrowonly")).toEqual([SESSIONS])
      expect(await tablesWith("Changedwords")).toEqual([SESSIONS])
      for (const word of ["Morewords", "Neversaved", "Northis", "Notmine"]) {
        expect(await tablesWith(word)).toEqual([])
      }
      expect(log).not.toMatch(/Inmyrowonly|words|Neversaved|Northis|Notmine/)
    })

    it("what is ordered lies where the order needs it", async () => {
      const own = await design({ name: "Orderedword" })
      await preview(own)
      await addToCart(own)
      expect(await tablesWith("Orderedword")).toEqual(["public.personalization_design", SESSIONS])
      const orderId = await order(own)
      await delivered(orderId)
      // The bodies of webhooks, and the in-house workshop's copy of them.
      expect(await tablesWith("Orderedword")).toEqual([
        "public.personalization_design",
        SESSIONS,
        "public.personalization_webhook_event",
        "public.personalization_webhook_inbox",
      ])
    })

    it("no visitor's key is in any row, or in the log", async () => {
      const visitors: TestVisitor[] = []
      const log = await logged(async () => {
        const own = await design({ name: "Keyholder" })
        await preview(own)
        const upload = openUpload(store, own.visitor, own.id, { "Content-Length": 10 })
        upload.socket.destroy()
        await addToCart(own)
        await delivered(await order(own))
        const madeUp = new TestVisitor(store)
        madeUp.key = "MadeUpByAClientMadeUpByAClientMadeUpByAClie"
        const replies = [
          await madeUp.call("GET", `/sessions/${own.id}`),
          await madeUp.call("PATCH", `/sessions/${own.id}`, { sessionKey: madeUp.key }),
        ]
        expect(replies.map(({ status }) => status)).toEqual([404, 400])
        visitors.push(own.visitor, { ...madeUp } as TestVisitor)
        await madeUp.call("POST", "/sessions", { product_id: shop.product("t-shirt") })
        visitors.push(madeUp)
      })
      expect(new Set(visitors.map(({ key }) => key)).size).toBe(3)
      for (const { key } of visitors) {
        expect(key).toHaveLength(43)
        const forms = [key, Buffer.from(key, "base64url").toString("hex"), key.slice(3, 30)]
        for (const form of forms) {
          expect(await tablesWith(form)).toEqual([])
          expect(log).not.toContain(form)
        }
      }
    })
  },
})
