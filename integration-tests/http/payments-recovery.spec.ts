// Payments that went another way than planned: gone and unknown sessions, money at the wrong time, providers that break.
import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { Modules } from "@medusajs/framework/utils"
import { personalizationTestRunner } from "../helpers/runner"
import { createShop } from "./checkout-shop"
import { paidEvent, Steps, TOTAL, type Fault, type OrderPage } from "./checkout-steps"

type Attempt = {
  state: string
  order_id: string | null
  payment_session_id: string | null
  flag: { code: string } | null
}

personalizationTestRunner({
  testSuite: (store) => {
    let steps: Steps

    beforeAll(async () => {
      steps = new Steps(store, await createShop(store.getContainer()))
    })

    const payments = () => store.getContainer().resolve(Modules.PAYMENT)

    async function collectionOf(orderId: string): Promise<string> {
      const [link] = await steps.rows<{ id: string }>(
        "select payment_collection_id as id from order_payment_collection where order_id = $1",
        [orderId]
      )
      return link?.id ?? ""
    }

    /** Another payment of the order, started past this plugin as a stock client can. @returns what pays it. */
    async function foreignPayment(orderId: string): Promise<{ url: string; session_id: string }> {
      const session = await payments().createPaymentSession(await collectionOf(orderId), {
        provider_id: "pp_sandbox_sandbox",
        currency_code: "usd",
        amount: TOTAL,
        data: {},
      })
      return { url: String(session.data?.url), session_id: session.id }
    }

    const attempts = (orderId: string) =>
      steps.rows<Attempt>(
        `select state, order_id, payment_session_id, flag from personalization_payment_attempt
          where order_id = $1 order by created_at`,
        [orderId]
      )

    const captured = (orderId: string) =>
      steps.rows<{ id: string }>(
        `select p.id from payment p join order_payment_collection l
             on l.payment_collection_id = p.payment_collection_id
          where l.order_id = $1 and p.captured_at is not null`,
        [orderId]
      )

    /** The inbox's event of a session once it is settled. */
    const settled = (sessionId: string) =>
      steps.until(async () => {
        const [row] = await steps.rows<{ state: string; source: string; attempts: number }>(
          `select state, source, attempts from personalization_webhook_inbox
            where payload->>'session_id' = $1 and state <> 'received'`,
          [sessionId]
        )
        return row ?? null
      })

    it("cancels an order whose payment was replaced, and closes the one that replaced it", async () => {
      const someone = await steps.buyer()
      const { orderId } = await steps.place(someone)
      const { session_id } = await steps.payment(orderId)
      await payments().deletePaymentSession(session_id)
      const other = await foreignPayment(orderId)
      expect(await steps.steer(orderId, { status: "canceled" })).toMatchObject({
        status: 200,
        body: { status: "canceled", payment: { status: "canceled" } },
      })
      expect(await steps.press(other, "pay")).toMatchObject({ status: 409 })
    })

    it("closes the payment of an order that was canceled in the dashboard", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      await cancelOrderWorkflow(store.getContainer()).run({ input: { order_id: orderId } })
      await steps.waitFor(someone, orderId, ({ status }) => status === "canceled")
      expect(await steps.press(payment, "pay")).toMatchObject({ status: 409 })
      expect(await attempts(orderId)).toMatchObject([{ state: "canceled" }])
    })

    it("keeps and flags money for a canceled order, so that it can be refunded", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      const { session_id, external_id } = await steps.payment(orderId)
      await steps.rows(
        "update personalization_production_order set status = 'canceled' where order_id = $1",
        [orderId]
      )
      await store.getContainer().resolve(Modules.ORDER).cancel(orderId)
      expect(await steps.press(payment, "pay")).toMatchObject({ status: 200 })
      expect(await settled(session_id)).toEqual({
        state: "failed",
        source: "payment:pp_sandbox_sandbox",
        attempts: 1,
      })
      expect(await attempts(orderId)).toMatchObject([{ flag: { code: "unexpected_payment" } }])
      const [money] = await captured(orderId)
      await payments().refundPayment({ payment_id: money?.id ?? "" })
      expect(
        await steps.rows("select refunded from personalization_sandbox_payment where id = $1", [
          external_id,
        ])
      ).toEqual([{ refunded: String(TOTAL) }])
    })

    it("has nothing more to do when the event of a paid and canceled order comes again", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      const known = await steps.payment(orderId)
      await steps.press(payment, "pay")
      await steps.waitFor(someone, orderId, ({ status }) => status === "paid")
      expect((await steps.steer(orderId, { status: "canceled" })).status).toBe(200)
      expect(await steps.post(paidEvent("evt_after_cancel", known))).toBe(200)
      const row = await steps.until(async () => {
        const [event] = await steps.rows<{ state: string }>(
          `select state, attempts from personalization_webhook_inbox
            where event_id = 'evt_after_cancel' and attempts > 0 and claimed_until is null`
        )
        return event ?? null
      })
      expect(row).toEqual({ state: "processed", attempts: 1 })
    })

    it("leaves nothing to pay when a cancel meets retries", async () => {
      const someone = await steps.buyer()
      const { orderId } = await steps.place(someone)
      const retry = () => someone.call("POST", `/orders/${orderId}/payment`, {})
      const [, canceled] = await Promise.all([
        retry(),
        steps.steer(orderId, { status: "canceled" }),
        retry(),
        retry(),
      ])
      expect(canceled.status).toBe(200)
      expect(
        await steps.rows("select id from payment_session where payment_collection_id = $1", [
          await collectionOf(orderId),
        ])
      ).toEqual([])
      expect((await attempts(orderId)).filter(({ state }) => state === "pending")).toEqual([])
    })

    it("answers 503 while another request holds the order's payment for long", async () => {
      const { orderId } = await steps.place(await steps.buyer())
      const locking = store.getContainer().resolve(Modules.LOCKING)
      await locking.acquire(`personalization-payment:${orderId}`, { ownerId: "spec" })
      const response = await store.request(`/orders/${orderId}/status`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-API-Key": steps.shop.apiKey },
        body: JSON.stringify({ status: "canceled" }),
      })
      await locking.release(`personalization-payment:${orderId}`, { ownerId: "spec" })
      expect(response.status).toBe(503)
      expect(response.headers.get("retry-after")).toBe("5")
      expect(await response.json()).toMatchObject({ code: "payment_busy" })
    }, 45_000)

    it("keeps the payment that works when a retry fails at the provider", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      await steps.rows(
        `create function sandbox_is_broken() returns trigger language plpgsql as
           $$ begin raise exception 'broken'; end $$`
      )
      await steps.rows(
        `create trigger broken before insert on personalization_sandbox_payment
           for each row execute function sandbox_is_broken()`
      )
      const retry = await someone.call<Fault>("POST", `/orders/${placed.orderId}/payment`, {})
      await steps.rows("drop function sandbox_is_broken cascade")
      expect(retry).toMatchObject({ status: 502, body: { code: "payment_provider_failed" } })
      const { body: page } = await someone.call<OrderPage>("GET", `/orders/${placed.orderId}`)
      expect(page.payment).toEqual({ status: "pending", attempts: 2 })
      expect(await steps.press(placed.payment, "pay")).toMatchObject({ status: 200 })
      const paid = await steps.waitFor(someone, placed.orderId, ({ status }) => status === "paid")
      expect(paid.payment).toEqual({ status: "succeeded", attempts: 2 })
    })

    it("refuses a retry while the provider has the money already", async () => {
      const someone = await steps.buyer()
      const { orderId } = await steps.place(someone)
      const { session_id } = await steps.payment(orderId)
      await steps.rows(
        "update personalization_sandbox_payment set status = 'paid' where session_id = $1",
        [session_id]
      )
      const retry = await someone.call<Fault>("POST", `/orders/${orderId}/payment`, {})
      expect(retry).toMatchObject({ status: 409, body: { code: "payment_in_progress" } })
      expect(
        await steps.rows("select id from payment_session where payment_collection_id = $1", [
          await collectionOf(orderId),
        ])
      ).toEqual([{ id: session_id }])
    })

    it("finds the attempt of a session whose id was never written down", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      const { session_id } = await steps.payment(orderId)
      await steps.rows(
        `update personalization_payment_attempt set payment_session_id = null, external_id = null
          where order_id = $1`,
        [orderId]
      )
      await steps.press(payment, "pay")
      await steps.waitFor(someone, orderId, ({ status }) => status === "paid")
      expect(await settled(session_id)).toMatchObject({ state: "processed" })
      expect(await attempts(orderId)).toMatchObject([
        { state: "succeeded", payment_session_id: session_id },
      ])
    })

    it("keeps a second payment of a paid order, but does not take it for a success", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      await steps.press(payment, "pay")
      await steps.waitFor(someone, orderId, ({ status }) => status === "paid")
      const second = await foreignPayment(orderId)
      expect(await steps.press(second, "pay")).toMatchObject({ status: 200 })
      expect(await settled(second.session_id)).toMatchObject({ state: "failed", attempts: 1 })
      expect(await captured(orderId)).toHaveLength(2)
      const { body: page } = await someone.call<OrderPage>("GET", `/orders/${orderId}`)
      expect(page).toMatchObject({ status: "paid", payment: { status: "succeeded", attempts: 1 } })
    })
  },
})
