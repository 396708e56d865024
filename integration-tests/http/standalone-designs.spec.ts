// Designs through the standalone door: previews and the cart, with what must be refused.
import { Modules } from "@medusajs/framework/utils"
import { personalizationTestRunner } from "../helpers/runner"
import { seededShop, TestVisitor, type Fault, type Started } from "./visitor"

personalizationTestRunner({
  testSuite: (store) => {
    const { product, start } = seededShop(store)

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
  },
})
