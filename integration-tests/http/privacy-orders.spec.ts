// Erasure and orders: what is made and sent still needs a person until it is over, and the books stay right for ever.
import { personalizationTestRunner } from "../helpers/runner"
import { counted, keyOf, privacyShop, type Design } from "./privacy-shop"

const GONE = ["gone", "gone"]
const THERE = ["there", "there"]

personalizationTestRunner({
  testSuite: (store) => {
    const shop = privacyShop(store)
    const { rows, ids, design, change, upload, preview, addToCart, order, cancel, clean, erased } =
      shop

    it("keeps what an order in progress needs, and lets it go within the hour after its end", async () => {
      const own = await design({ name: "Qwertz" })
      const sent = await upload(own)
      await change(own, { photo: { upload_id: sent.id } })
      const unused = await shop.watchUpload(await upload(own))
      const used = await shop.watchUpload(sent)
      const previewFiles = await shop.watchPreview(await preview(own))
      await addToCart(own)
      const orderId = await order(own, "qwertz")
      await shop.delivered(orderId)

      const answer = await erased(keyOf(own))
      expect(answer.kept).toEqual([{ order_id: orderId, reason: "order_in_progress" }])
      expect(counted(answer)).toEqual({ sessions: 1, uploads: 1, files: 2, visitors: 1 })
      expect([await unused(), await used(), await previewFiles()]).toEqual([GONE, THERE, THERE])
      expect((await own.visitor.call("GET", `/orders/${orderId}`)).status).toBe(404)
      const [kept] = await rows<{ options: unknown; preview_hash: string }>(
        "select options, preview_hash from personalization_design where erase_requested_at is not null and visitor_id = $1",
        [own.visitor_id]
      )
      expect(kept).toMatchObject({
        options: { name: { text: "Qwertz" } },
        preview_hash: expect.any(String),
      })
      expect(await clean()).toMatchObject({
        anonymized_designs: 0,
        anonymized_orders: 0,
        uploads: 0,
      })

      await cancel(orderId)
      await shop.delivered(orderId)
      expect(await clean()).toMatchObject({
        anonymized_designs: 1,
        anonymized_orders: 1,
        uploads: 1,
      })
      expect(await shop.ourTablesWith("Qwertz")).toEqual([])
      expect([await used(), await previewFiles()]).toEqual([GONE, GONE])
      const [record] = await rows(
        "select visitor_id, customer_id from personalization_production_order where order_id = $1",
        [orderId]
      )
      expect(record).toEqual({ visitor_id: null, customer_id: null })
    })

    it("takes the person out of an order that is over at once, and leaves the books right", async () => {
      const own = await design({ name: "Mnbvcx", shirt_color: "#2f6146", back_text: "Mnbvcx too" })
      const previewFiles = await shop.watchPreview(await preview(own))
      await addToCart(own)
      const orderId = await order(own, "mnbvcx")
      await cancel(orderId)
      await shop.delivered(orderId)
      const [before] = await rows<Record<string, unknown>>(
        "select * from personalization_design where session_id = $1",
        [own.id]
      )
      const total = async () =>
        (
          await shop
            .visitor()
            .call<{ total: number; items: unknown[] }>("GET", `/orders/${orderId}`, undefined, {
              "X-API-Key": shop.seeded().api_key ?? "",
            })
        ).body
      const paid = await total()

      const answer = await erased(keyOf(own))
      expect(answer.kept).toEqual([])
      expect(answer.erased).toMatchObject({
        ...{
          anonymized_designs: 1,
          anonymized_orders: 1,
          designs: 0,
          sessions: 1,
          renders: 1,
          files: 2,
        },
        // Two events, and the workshop's copies of them.
        ...{ webhook_bodies: 4, webhook_responses: 2 },
      })
      expect(await shop.ourTablesWith("Mnbvcx")).toEqual([])
      expect(await shop.ourTablesWith("mnbvcx")).toEqual([])
      expect(await previewFiles()).toEqual(GONE)
      const [after] = await rows<Record<string, unknown>>(
        "select * from personalization_design where id = $1",
        [before?.id]
      )
      const { template_snapshot, surcharges, unit_price, base_price, variant_id } = before ?? {}
      expect(after).toMatchObject({
        ...{ template_snapshot, surcharges, unit_price, base_price, variant_id },
        ...{
          options: { size: "m", shirt_color: "#2f6146" },
          session_id: null,
          visitor_id: null,
          preview_hash: null,
        },
      })
      expect(await total()).toMatchObject({
        total: paid.total,
        items: [{ quantity: 1, preview_url: null }],
      })
      const [event] = await rows<{ data: { order: Record<string, unknown> } }>(
        "select data from personalization_webhook_event where order_id = $1 order by sequence",
        [orderId]
      )
      expect(event?.data.order).toMatchObject({
        ...{ id: orderId, total: paid.total, email: null, shipping_address: null },
        items: [{ options: {}, preview_url: null, unit_price: Number(unit_price) }],
      })
    })

    it("waits for an event that is being sent at this moment", async () => {
      const own = await design({ name: "Sending" })
      await addToCart(own)
      const orderId = await order(own)
      await cancel(orderId)
      await shop.delivered(orderId)
      const [attempt] = await ids(
        "select id from personalization_webhook_attempt where order_id = $1 limit 1",
        orderId
      )
      await rows(
        "update personalization_webhook_attempt set state = 'pending', sent_at = now() where id = $1",
        [attempt]
      )
      const { kept } = await erased(keyOf(own))
      expect(kept).toEqual([{ order_id: orderId, reason: "delivery_in_progress" }])
      await rows(
        "update personalization_webhook_attempt set state = 'succeeded', response_body = 'thanks, Sending' where id = $1",
        [attempt]
      )
      await clean()
      expect(await shop.ourTablesWith("Sending")).toEqual([])
    })

    it("keeps a design that a newer order needs too, until both are over", async () => {
      const own = await design({ name: "Twice" })
      await addToCart(own)
      const first = await order(own)
      await addToCart(own)
      const second = await order(own)
      const shared = await ids(
        "select id from personalization_design where session_id = $1",
        own.id
      )
      expect(shared).toHaveLength(1)
      await cancel(first)
      await Promise.all([first, second].map(shop.delivered))
      const { kept } = await erased(keyOf(own))
      expect(kept).toEqual(
        expect.arrayContaining([
          { order_id: first, reason: "design_in_use" },
          { order_id: second, reason: "order_in_progress" },
        ])
      )
      expect(
        await ids(
          "select id from personalization_design where id = any($1) and anonymized_at is null",
          shared
        )
      ).toEqual(shared)
      await cancel(second)
      await shop.delivered(second)
      expect(await clean()).toMatchObject({ anonymized_designs: 1, anonymized_orders: 2 })
      expect(await shop.ourTablesWith("Twice")).toEqual([])
    })

    it("scrubs what was sent about an order without a design too", async () => {
      const own = await design()
      await shop.addPlainItem(own.visitor)
      const orderId = await order(own, "plainword")
      await shop.delivered(orderId)
      const { kept } = await erased(keyOf(own))
      expect(kept).toEqual([{ order_id: orderId, reason: "order_in_progress" }])
      await cancel(orderId)
      await shop.delivered(orderId)
      expect(await clean()).toMatchObject({ anonymized_orders: 1, anonymized_designs: 0 })
      expect(await shop.ourTablesWith("plainword")).toEqual([])
    })

    describe("without anybody's asking", () => {
      /** A canceled order whose end lies so many days back. */
      async function ended(own: Design, word: string, days: number): Promise<string> {
        const orderId = await order(own, word)
        await cancel(orderId)
        await shop.delivered(orderId)
        await rows(
          `update personalization_production_history h set at = now() - make_interval(days => $2)
             from personalization_production_order p
            where p.id = h.production_order_id and p.order_id = $1 and h.status = 'canceled'`,
          [orderId, days]
        )
        return orderId
      }

      it("anonymises an order after two years, and none before", async () => {
        const [old, young] = [
          await design({ name: "Oldwords" }),
          await design({ name: "Youngwords" }),
        ]
        const sent = await upload(old)
        await change(old, { photo: { upload_id: sent.id } })
        const [uploadFiles, oldPreview] = [
          await shop.watchUpload(sent),
          await shop.watchPreview(await preview(old)),
        ]
        const youngPreview = await shop.watchPreview(await preview(young))
        await addToCart(old)
        await addToCart(young)
        const orderId = await ended(old, "oldstreet", 731)
        await ended(young, "youngstreet", 729)
        await shop.expire(old.id, young.id)
        const print = await shop.printFile(orderId)

        expect(await clean()).toMatchObject({
          ...{ anonymized_orders: 1, anonymized_designs: 1, sessions: 1, uploads: 1, renders: 2 },
          ...{ webhook_bodies: 4, webhook_responses: 2, designs: 0 },
        })
        for (const word of ["Oldwords", "oldstreet"]) {
          expect(await shop.ourTablesWith(word)).toEqual([])
        }
        for (const word of ["Youngwords", "youngstreet"]) {
          expect(await shop.ourTablesWith(word)).not.toEqual([])
        }
        expect([await uploadFiles(), await oldPreview(), await print()]).toEqual([
          GONE,
          GONE,
          ["gone"],
        ])
        expect(await youngPreview()).toEqual(THERE)
        expect(await clean()).toMatchObject({ anonymized_orders: 0, webhook_bodies: 0 })
        // They were not asked to be forgotten: a customer may go on looking at the order.
        const [record] = await rows<{ customer_id: string | null }>(
          "select visitor_id, customer_id from personalization_production_order where order_id = $1",
          [orderId]
        )
        expect(record).toEqual({ visitor_id: null, customer_id: expect.any(String) })
        const person = { customer_id: record?.customer_id ?? "" }
        expect((await shop.exported(person)).orders).toMatchObject([{ order_id: orderId }])
        expect((await erased(person)).kept).toEqual([])
        expect((await shop.exported(person)).orders).toEqual([])
      })

      it("waits for a cart with the design, but not for one that was forgotten", async () => {
        const own = await design({ name: "Again" })
        await addToCart(own)
        await ended(own, "again", 800)
        const line = await addToCart(own)
        // Somebody else's design that looks the same, and is theirs.
        const twin = await design({ name: "Again" })
        const drawn = await shop.watchPreview(await preview(twin))
        expect(await clean()).toMatchObject({
          anonymized_designs: 0,
          anonymized_orders: 0,
          cart_lines: 0,
        })
        expect((await own.visitor.call<unknown[]>("GET", "/cart")).body).toHaveLength(1)
        await rows(
          "update cart_line_item set updated_at = now() - interval '731 days' where id = $1",
          [line.id]
        )
        expect(await clean()).toMatchObject({
          anonymized_designs: 1,
          anonymized_orders: 1,
          cart_lines: 1,
        })
        expect((await own.visitor.call<unknown[]>("GET", "/cart")).body).toEqual([])
        expect(await drawn()).toEqual(THERE)
      })

      it("takes the preview too where the session stays for another design", async () => {
        const own = await design({ name: "Firstword" })
        const drawn = await shop.watchPreview(await preview(own))
        await addToCart(own)
        await ended(own, "firstword", 800)
        await change(own, { name: "Secondword" })
        await addToCart(own)
        await shop.expire(own.id)
        expect(await clean()).toMatchObject({ anonymized_orders: 1, sessions: 0, renders: 1 })
        expect(await drawn()).toEqual(GONE)
        expect(await shop.ourTablesWith("Firstword")).toEqual([])
        const session = await ids("select id from personalization_session where id = $1", own.id)
        expect(session).toEqual([own.id])
      })

      it("goes on after an order that cannot be done", async () => {
        const [broken, whole] = [await design({ name: "Broken" }), await design({ name: "Whole" })]
        await addToCart(broken)
        await addToCart(whole)
        const failing = await ended(broken, "broken", 800)
        await ended(whole, "whole", 800)
        await rows("update personalization_webhook_event set data = 'null' where order_id = $1", [
          failing,
        ])
        expect(await clean()).toMatchObject({ anonymized_orders: 1 })
        expect(await shop.ourTablesWith("Whole")).not.toContain("public.personalization_design")
      })
    })
  },
})
