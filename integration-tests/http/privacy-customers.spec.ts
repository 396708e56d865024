// Customers who share a browser, and so a key: each has what they were signed in for, and no more.
import { personalizationTestRunner } from "../helpers/runner"
import { counted, privacyShop, type Design } from "./privacy-shop"

const GONE = ["gone", "gone"]
const THERE = ["there", "there"]

personalizationTestRunner({
  testSuite: (store) => {
    const shop = privacyShop(store)
    const { rows, ids, design, change, upload, preview, addToCart, order, exported, erased } = shop

    async function signIn(customer_id: string, ...designs: Design[]): Promise<void> {
      await rows("update personalization_session set customer_id = $1 where id = any($2)", [
        customer_id,
        designs.map(({ id }) => id),
      ])
    }

    describe("customers who share a browser", () => {
      let round = 0
      async function shared() {
        // Equal designs share their previews, and those of the other test would be kept for these.
        round += 1
        const one = await design({ name: `Mine alone ${round}` })
        const other = await design({ name: `Hers alone ${round}` }, one.visitor)
        const nobodys = await design({ name: "Nobody signed in" }, one.visitor)
        const [own, both] = [await upload(one), await upload(one)]
        await change(one, { photo: { upload_id: own.id } })
        await change(nobodys, { photo: { upload_id: both.id } })
        const drawn = [await preview(one), await preview(other)]
        const [mine, hers] = [`cus_mine_${one.id}`, `cus_hers_${one.id}`]
        await signIn(mine, one)
        await signIn(hers, other)
        return { one, other, nobodys, own, both, drawn, mine, hers }
      }

      it("are exported each by themselves", async () => {
        const { one, other, own, both, mine, hers } = await shared()
        await addToCart(one)
        const orderId = await order(one)
        await rows(
          "update personalization_production_order set customer_id = $1 where order_id = $2",
          [mine, orderId]
        )
        const document = await exported({ customer_id: mine })
        expect(document).toMatchObject({
          subject: { kind: "customer", customer_id: mine },
          ...{ visitors: [], sessions: [{ id: one.id }] },
          ...{ designs: [{ session_id: one.id }], orders: [{ order_id: orderId }] },
          ...{ renders: [{ session_id: one.id }], webhooks: [{ order_id: orderId }] },
        })
        expect(document.uploads.map(({ id }) => id)).toEqual([own.id, both.id].sort())
        expect(JSON.stringify(document)).not.toMatch(/Hers alone|Nobody signed in/)
        const theirs = await exported({ customer_id: hers })
        expect(theirs).toMatchObject({
          sessions: [{ id: other.id }],
          orders: [],
          designs: [],
          uploads: [],
          webhooks: [],
        })
        expect(theirs.renders).toHaveLength(1)
      })

      it("are erased each by themselves", async () => {
        const { one, other, nobodys, own, both, drawn, mine, hers } = await shared()
        const looks = await Promise.all([
          ...[own, both].map(shop.watchUpload),
          ...drawn.map(shop.watchPreview),
        ])
        await addToCart(one)
        await addToCart(other)
        expect(counted(await erased({ customer_id: mine }))).toEqual({
          ...{ sessions: 1, uploads: 1, designs: 1, renders: 1, files: 4, cart_lines: 1 },
        })
        const states = await Promise.all(looks.map((look) => look()))
        expect(states).toEqual([GONE, THERE, GONE, THERE])
        expect(
          await ids(
            "select id from personalization_session where visitor_id = $1 order by id",
            one.visitor_id
          )
        ).toEqual([other.id, nobodys.id].sort())
        const { body } = await one.visitor.call<{ options: { name: { text: string } } }[]>(
          "GET",
          "/cart"
        )
        expect(body.map(({ options }) => options.name.text)).toEqual([`Hers alone ${round}`])
        expect(counted(await erased({ customer_id: mine }))).toEqual({})
        // What nobody signed in for is whoever holds the key's: the browser goes on.
        expect(counted(await erased({ customer_id: hers }))).toEqual({
          sessions: 1,
          designs: 1,
          renders: 1,
          files: 2,
          cart_lines: 1,
        })
        expect((await nobodys.visitor.call("GET", `/sessions/${nobodys.id}`)).status).toBe(200)
      })

      it("lose the browser's key with the last of what was made under it", async () => {
        const only = await design({ name: "Only mine" })
        const customer_id = `cus_only_${only.id}`
        await signIn(customer_id, only)
        expect(counted(await erased({ customer_id }))).toEqual({ sessions: 1, visitors: 1 })
        expect(
          await ids("select id from personalization_visitor where id = $1", only.visitor_id)
        ).toEqual([])
      })
    })
  },
})
