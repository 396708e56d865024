// Orders over HTTP: who may see one, the steps of its life, and what brings a lost record back.
import { createPaymentSessionsWorkflow } from "@medusajs/medusa/core-flows"
import { Modules } from "@medusajs/framework/utils"
import {
  PERSONALIZATION_PRODUCTION_MODULE,
  type PersonalizationProductionModuleService,
} from "../../src/modules/personalization_production"
import { reconcilePersonalizationOrders } from "../../src/workflows/orders/reconcile-orders"
import { personalizationTestRunner } from "../helpers/runner"
import { createShop } from "./checkout-shop"
import { Steps } from "./checkout-steps"

personalizationTestRunner({
  testSuite: (store) => {
    let steps: Steps

    beforeAll(async () => {
      steps = new Steps(store, await createShop(store.getContainer()))
    })

    const service = () =>
      store
        .getContainer()
        .resolve<PersonalizationProductionModuleService>(PERSONALIZATION_PRODUCTION_MODULE)

    it("shows an order to its visitor, its token and the shop, and to nobody else", async () => {
      const someone = await steps.buyer()
      const { orderId, order_token } = await steps.place(someone)
      const stranger = await steps.buyer()
      const as = async (path: string, headers: Record<string, string> = {}) => {
        const response = await store.request(path, { headers })
        return { status: response.status, text: await response.text() }
      }
      expect((await someone.call("GET", `/orders/${orderId}`)).status).toBe(200)
      expect((await as(`/orders/${orderId}?token=${order_token}`)).status).toBe(200)
      const shop = { "X-API-Key": steps.shop.apiKey }
      expect((await as(`/orders/${orderId}`, shop)).status).toBe(200)
      const unknown = await as("/orders/order_01UNKNOWN")
      expect(unknown.status).toBe(404)
      expect(await as(`/orders/${orderId}`)).toEqual(unknown)
      expect(await as(`/orders/${orderId}`, { "X-Session-Key": stranger.key })).toEqual(unknown)
      expect(await as(`/orders/${orderId}?token=${order_token.slice(0, -3)}`)).toEqual(unknown)
    })

    it("goes from paid to delivered one step at a time, and lists the order", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      expect(await steps.steer(orderId, { status: "paid" })).toMatchObject({
        status: 409,
        body: { code: "paid_comes_from_money" },
      })
      expect(await steps.steer(orderId, { status: "shipped" })).toMatchObject({
        status: 409,
        body: { code: "step_not_allowed" },
      })
      await steps.press(payment, "pay")
      await steps.waitFor(someone, orderId, ({ status }) => status === "paid")
      expect((await steps.steer(orderId, { status: "in_production" })).status).toBe(200)
      const trackingUrl = "https://track.example/1"
      const shipped = await steps.steer(orderId, { status: "shipped", trackingUrl })
      expect(shipped.body).toMatchObject({ status: "shipped", trackingUrl })
      expect((await steps.steer(orderId, { status: "shipped" })).status).toBe(200)
      expect((await steps.steer(orderId, { status: "canceled" })).status).toBe(409)
      const listed = await store.request("/orders?status=shipped", {
        headers: { "X-API-Key": steps.shop.apiKey },
      })
      expect(await listed.json()).toMatchObject({
        orders: [{ orderId, status: "shipped" }],
        count: 1,
      })
      expect((await steps.events(orderId)).map(({ type }) => type)).toEqual([
        "order.created",
        "order.paid",
        "order.in_production",
        "order.shipped",
      ])
      expect((await steps.steer(orderId, { status: "delivered" }, "sk_wrong")).status).toBe(403)
    })

    it("cancels an unpaid order together with its payment and gives the stock back", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      expect(await steps.steer(orderId, { status: "canceled" })).toMatchObject({
        status: 200,
        body: { status: "canceled", payment: { status: "canceled" } },
      })
      expect(await steps.press(payment, "pay")).toMatchObject({ status: 409 })
      const container = store.getContainer()
      const order = await container
        .resolve(Modules.ORDER)
        .retrieveOrder(orderId, { relations: ["items"] })
      expect(order.status).toBe("canceled")
      const reservations = await container
        .resolve(Modules.INVENTORY)
        .listReservationItems({ line_item_id: order.items?.map(({ id }) => id) ?? [] })
      expect(reservations).toEqual([])
    })

    it("cancels a paid order and gives its money back", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      await steps.press(payment, "pay")
      await steps.waitFor(someone, orderId, ({ status }) => status === "paid")
      expect((await steps.steer(orderId, { status: "canceled" })).body.status).toBe("canceled")
      const { external_id } = await steps.payment(orderId)
      const [sandbox] = await steps.rows<{ refunded: string; amount: string }>(
        "select refunded, amount from personalization_sandbox_payment where id = $1",
        [external_id]
      )
      expect(sandbox?.refunded).toBe(sandbox?.amount)
    })

    it("takes one step and writes one event when twenty ask for it at once", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      await steps.press(payment, "pay")
      await steps.waitFor(someone, orderId, ({ status }) => status === "paid")
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          service().advance({
            order_id: orderId,
            to: "in_production",
            actor: `worker ${index}`,
            snapshot: { orderId },
          })
        )
      )
      expect(results.filter(({ changed }) => changed)).toHaveLength(1)
      expect((await steps.events(orderId)).map(({ type }) => type)).toEqual([
        "order.created",
        "order.paid",
        "order.in_production",
      ])
      const history = await steps.rows(
        `select h.version from personalization_production_history h
           join personalization_production_order o on o.id = h.production_order_id
          where o.order_id = $1 order by h.version`,
        [orderId]
      )
      expect(history).toEqual([{ version: 1 }, { version: 2 }, { version: 3 }])
    })

    it("lets only one of two steps from the same version through", async () => {
      const { orderId } = await steps.place(await steps.buyer())
      const ask = () =>
        service().advance({
          order_id: orderId,
          to: "canceled",
          actor: "spec",
          expected_version: 7,
          snapshot: {},
        })
      await expect(ask()).rejects.toMatchObject({ code: "version_conflict" })
      expect(await steps.events(orderId)).toHaveLength(1)
    })

    it("makes a lost record again, and sees money and cancellations that no event told of", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      await steps.rows("delete from personalization_production_order where order_id = $1", [
        orderId,
      ])
      await reconcilePersonalizationOrders(store.getContainer())
      expect((await someone.call("GET", `/orders/${orderId}`)).status).toBe(200)

      await steps.press(payment, "pay")
      await steps.waitFor(someone, orderId, ({ status }) => status === "paid")
      await steps.rows(
        "update personalization_production_order set status = 'created' where order_id = $1",
        [orderId]
      )
      await reconcilePersonalizationOrders(store.getContainer())
      await steps.waitFor(someone, orderId, ({ status }) => status === "paid")

      await store.getContainer().resolve(Modules.ORDER).cancel(orderId)
      await reconcilePersonalizationOrders(store.getContainer())
      await steps.waitFor(someone, orderId, ({ status }) => status === "canceled")
      expect(await reconcilePersonalizationOrders(store.getContainer())).toBe(0)
    })

    it("flags money for a payment that somebody replaced behind its back", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      const [link] = await steps.rows<{ payment_collection_id: string }>(
        "select payment_collection_id from order_payment_collection where order_id = $1",
        [orderId]
      )
      await createPaymentSessionsWorkflow(store.getContainer()).run({
        input: {
          payment_collection_id: link?.payment_collection_id ?? "",
          provider_id: "pp_sandbox_sandbox",
        },
      })
      // A provider that takes money in spite of the cancellation.
      await steps.rows(
        "update personalization_sandbox_payment set status = 'open' where session_id = $1",
        [(await steps.payment(orderId)).session_id]
      )
      expect(await steps.press(payment, "pay")).toMatchObject({ status: 200 })
      const flag = await steps.until(async () => {
        const [row] = await steps.rows<{ flag: { code: string } | null }>(
          "select flag from personalization_payment_attempt where order_id = $1",
          [orderId]
        )
        return row?.flag ?? null
      })
      expect(flag.code).toBe("unexpected_payment")
    })
  },
})
