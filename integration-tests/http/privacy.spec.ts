// Export and erasure on the dashboard's door: all of a person's data, and nothing of anybody else's.
import { Modules } from "@medusajs/framework/utils"
import { personalizationTestRunner } from "../helpers/runner"
import { counted, keyOf, privacyShop } from "./privacy-shop"

type Fault = { code: string; issues?: { path: string; code: string }[] }

const GONE = ["gone", "gone"]

personalizationTestRunner({
  testSuite: (store) => {
    const shop = privacyShop(store)
    const { rows, design, change, upload, preview, addToCart, order, ask, exported, erased } = shop

    it("is for the shop's staff only, and takes exactly one person", async () => {
      for (const action of ["export", "erase"] as const) {
        const stranger = await store.request(`/admin/personalization/privacy/${action}`, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ customer_id: "cus_1" }),
        })
        expect(stranger.status).toBe(401)
        const bodies = [
          {},
          { customer_id: "cus_1", visitor_key: "a-secret-key" },
          { customer_id: 1 },
          { key: "a" },
        ]
        const replies = await Promise.all(bodies.map((body) => ask<Fault>(action, body)))
        expect(
          replies.map(({ status, body }) => [status, body.issues?.map(({ code }) => code)])
        ).toEqual([
          [400, ["one_person"]],
          [400, ["one_person"]],
          [400, ["invalid_type"]],
          [400, ["unknown_field"]],
        ])
        expect(JSON.stringify(replies)).not.toContain("a-secret-key")
      }
    })

    it("answers for a person that nobody knows as for one who has nothing", async () => {
      const known = shop.visitor()
      await known.call("POST", "/sessions", { product_id: shop.product("t-shirt") })
      await erased({ visitor_key: known.key })
      const answers = await Promise.all(
        [
          { visitor_key: known.key },
          { visitor_key: "nobody's" },
          { customer_id: "cus_nobody" },
        ].map(erased)
      )
      for (const answer of answers) {
        expect(answer).toEqual(answers[0])
        expect(answer.kept).toEqual([])
        expect(Object.values(answer.erased).every((count) => count === 0)).toBe(true)
      }
      expect(await exported({ visitor_key: "nobody's" })).toMatchObject({
        ...{
          visitors: [],
          sessions: [],
          uploads: [],
          renders: [],
          designs: [],
          orders: [],
          webhooks: [],
        },
      })
    })

    it("exports all that is kept under a key, with links that work, and nothing of a stranger", async () => {
      const [own, other] = [await design({ name: "Own words" }), await design({ name: "Foreign" })]
      const sent = await upload(own)
      await change(own, { photo: { upload_id: sent.id } })
      await preview(own)
      await addToCart(own)
      const orderId = await order(own)
      await addToCart(other)
      const foreignOrder = await order(other)
      await shop.delivered(orderId)
      // A key whose time is over still tells whose data it is.
      await rows(
        "update personalization_visitor set expires_at = now() - interval '1 minute' where id = $1",
        [own.visitor_id]
      )
      const document = await exported(keyOf(own))
      expect(document).toMatchObject({
        format: 1,
        subject: { kind: "visitor" },
        visitors: [{ id: own.visitor_id }],
        sessions: [
          { id: own.id, options: { name: { text: "Own words" }, photo: { upload_id: sent.id } } },
        ],
        uploads: [{ id: sent.id, session_id: own.id, width: 600, height: 600 }],
        renders: [
          { session_id: own.id, status: "succeeded", views: [{ view: "front" }, { view: "back" }] },
        ],
        designs: [
          { session_id: own.id, options: { name: { text: "Own words" } }, anonymized_at: null },
        ],
        orders: [{ order_id: orderId, status: "created", history: [{ status: "created" }] }],
        webhooks: [
          {
            event: "order.created",
            order_id: orderId,
            body: {
              type: "order.created",
              data: { order: { id: orderId, shipping_address: { first_name: "Ada" } } },
            },
            attempts: [
              { host: "internal", response_status: 200, response_body: '{"received":true}' },
            ],
          },
        ],
      })
      for (const url of [document.uploads[0]?.url, document.renders[0]?.views[0]?.url]) {
        expect((await fetch(url ?? "")).status).toBe(200)
      }
      const text = JSON.stringify(document)
      expect(text).not.toContain("Foreign")
      expect(text).not.toContain(foreignOrder)
      expect(text).not.toContain(own.visitor.key)
    })

    it("erases a visitor without orders to the last word", async () => {
      const [own, other] = [await design({ name: "Zyxwvut" }), await design({ name: "Stays" })]
      const sent = await upload(own)
      await change(own, { photo: { upload_id: sent.id } })
      const second = await design({ name: "Zyxwvut two" }, own.visitor)
      const uploadFiles = await shop.watchUpload(sent)
      const previewFiles = await shop.watchPreview(await preview(own))
      await addToCart(own)
      const { cart_id } = await addToCart(second)
      await shop.addPlainItem(own.visitor)
      await addToCart(other)
      expect(await shop.tablesWith("Zyxwvut")).not.toEqual([])

      const answer = await erased(keyOf(own))
      expect(counted(answer)).toEqual({
        ...{
          sessions: 2,
          uploads: 1,
          designs: 2,
          renders: 1,
          files: 4,
          cart_lines: 2,
          visitors: 1,
        },
      })
      expect(answer.kept).toEqual([])
      expect(await shop.tablesWith("Zyxwvut")).toEqual([])
      expect(await shop.tablesWith(own.visitor_id)).toEqual([])
      expect([await uploadFiles(), await previewFiles()]).toEqual([GONE, GONE])
      // The plain line is nobody's design.
      const lines = await rows(
        "select 1 from cart_line_item where cart_id = $1 and deleted_at is null",
        [cart_id]
      )
      expect(lines).toHaveLength(1)
      for (const path of ["/cart", `/sessions/${own.id}`]) {
        const { body } = await own.visitor.call("GET", path)
        expect(JSON.stringify(body)).not.toContain("psess")
      }
      expect((await own.visitor.call("GET", `/sessions/${own.id}`)).status).toBe(404)
      expect((await other.visitor.call<unknown[]>("GET", "/cart")).body).toHaveLength(1)
      expect(counted(await erased(keyOf(own)))).toEqual({})
    })

    it("and the hourly job do not stand in each other's way", async () => {
      for (let round = 0; round < 10; round++) {
        const own = await design({ name: "At the same moment" })
        const sent = await upload(own)
        await change(own, { photo: { upload_id: sent.id } })
        const look = await shop.watchUpload(sent)
        await shop.expire(own.id)
        await Promise.all([erased(keyOf(own)), shop.clean()])
        expect(await shop.tablesWith(own.visitor_id)).toEqual([])
        expect(await look()).toEqual(GONE)
      }
    })

    it("ends the key first, and goes on where it was after a failure", async () => {
      const own = await design({ name: "Halfway" })
      const { cart_id } = await addToCart(own)
      const locking = store.getContainer().resolve(Modules.LOCKING)
      await locking.acquire(cart_id, { expire: 60, ownerId: "somebody" })
      const busy = await ask<Fault>("erase", keyOf(own))
      expect(busy).toMatchObject({ status: 503, body: { code: "cart_busy" } })
      expect((await own.visitor.call("GET", `/sessions/${own.id}`)).status).toBe(404)
      expect(await shop.tablesWith("Halfway")).not.toEqual([])
      await locking.release(cart_id, { ownerId: "somebody" })
      expect(counted(await erased(keyOf(own)))).toEqual({
        ...{ sessions: 1, designs: 1, cart_lines: 1, visitors: 1 },
      })
      expect(await shop.tablesWith("Halfway")).toEqual([])
    }, 30_000)
  },
})
