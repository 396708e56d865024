// @redis
// Payments over HTTP: the sandbox's page and its events; bad, repeated and wrong ones; retries.
import { signEvent } from "../../src/lib/sandbox/signature"
import { personalizationTestRunner } from "../helpers/runner"
import { createShop } from "./checkout-shop"
import { paidEvent, Steps, TOTAL, type Fault, type OrderPage } from "./checkout-steps"

personalizationTestRunner({
  testSuite: (store) => {
    let steps: Steps

    beforeAll(async () => {
      steps = new Steps(store, await createShop(store.getContainer()))
    })

    it("pays the order on the sandbox's event, in Medusa too", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      expect(await steps.press(placed.payment, "pay")).toMatchObject({
        status: 200,
        body: { payment: { status: "paid" }, event: { delivered: true } },
      })
      const page = await steps.waitFor(someone, placed.orderId, ({ status }) => status === "paid")
      expect(page).toMatchObject({
        total: TOTAL,
        items: [{ title: "Poster", quantity: 2, unit_price: 20, line_total: 40 }],
        payment: { status: "succeeded", attempts: 1 },
      })
      expect(page.history.map(({ status }) => status)).toEqual(["created", "paid"])
      expect(await steps.events(placed.orderId)).toEqual([
        { type: "order.created", sequence: 1 },
        { type: "order.paid", sequence: 2 },
      ])
      const [last] = await steps.rows(
        `select h.actor from personalization_production_history h
           join personalization_production_order o on o.id = h.production_order_id
          where o.order_id = $1 and h.status = 'paid'`,
        [placed.orderId]
      )
      expect(last).toEqual({ actor: "payment:pp_sandbox_sandbox" })
      const captures = await steps.rows<{ amount: string }>(
        `select c.amount from capture c join payment p on p.id = c.payment_id
           join order_payment_collection l on l.payment_collection_id = p.payment_collection_id
          where l.order_id = $1`,
        [placed.orderId]
      )
      expect(captures.map(({ amount }) => Number(amount).toFixed(2))).toEqual([String(TOTAL)])
    })

    it("shows a payment page without scripts, and goes on when a form is posted", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      const path = new URL(placed.payment?.url ?? "").pathname
      const page = await store.request(path, { headers: { Accept: "text/html" } })
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'")
      const html = await page.text()
      expect(html).toContain("$49.69")
      expect(html).not.toMatch(/<script|\son\w+=/)
      const posted = await store.request(path, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html" },
        body: "action=pay",
      })
      expect(posted.status).toBe(303)
      expect(posted.headers.get("location")).toBe(path)
      await steps.waitFor(someone, placed.orderId, ({ status }) => status === "paid")
      expect((await store.request("/sandbox/payments/unknown")).status).toBe(404)
    })

    it("goes back to the shop after a payment when the checkout said where", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone, {
        payment: { provider: "sandbox", return_url: "http://localhost:8000/thanks" },
      })
      const posted = await store.request(new URL(placed.payment?.url ?? "").pathname, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html" },
        body: "action=pay",
      })
      expect(posted.headers.get("location")).toBe("http://localhost:8000/thanks")
    })

    it("keeps a declined order open and gives it another payment in place of the first", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      await steps.press(placed.payment, "decline")
      const declined = await steps.waitFor(
        someone,
        placed.orderId,
        ({ payment }) => payment.status === "failed"
      )
      expect(declined).toMatchObject({
        status: "created",
        payment: { attempts: 1, last_error: { code: "card_declined" } },
      })

      const retry = await someone.call<{ payment: { provider: string; url: string } }>(
        "POST",
        `/orders/${placed.orderId}/payment`,
        {}
      )
      expect(retry.status).toBe(200)
      expect(retry.body.payment.url).not.toBe(placed.payment?.url)
      expect(await steps.press(placed.payment, "pay")).toMatchObject({
        status: 409,
        body: { code: "payment_closed" },
      })
      await steps.press(retry.body.payment, "pay")
      const paid = await steps.waitFor(someone, placed.orderId, ({ status }) => status === "paid")
      expect(paid.payment).toEqual({ status: "succeeded", attempts: 2 })
      const late = await someone.call<Fault>("POST", `/orders/${placed.orderId}/payment`, {})
      expect(late).toMatchObject({ status: 409, body: { code: "order_not_payable" } })
    })

    it("leaves one payment that can be paid after many simultaneous retries", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      const replies = await Promise.all(
        Array.from({ length: 5 }, () =>
          someone.call<{ payment: { url: string } }>(
            "POST",
            `/orders/${placed.orderId}/payment`,
            {}
          )
        )
      )
      expect(replies.map(({ status }) => status)).toEqual(Array(5).fill(200))
      const payments = [placed.payment, ...replies.map(({ body }) => body.payment)]
      const pressed = await Promise.all(payments.map((payment) => steps.press(payment, "pay")))
      expect(pressed.filter(({ status }) => status === 200)).toHaveLength(1)
      const page = await steps.waitFor(someone, placed.orderId, ({ status }) => status === "paid")
      expect(page.payment).toEqual({ status: "succeeded", attempts: 6 })
    })

    it("refuses bad and old signatures and stores nothing", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      const body = paidEvent("evt_forged", await steps.payment(placed.orderId))
      const [key, now] = [await steps.webhookSecret(), Math.floor(Date.now() / 1000)]
      expect(await steps.post(body, null)).toBe(400)
      expect(await steps.post(`${body} `, signEvent(key, now, body))).toBe(400)
      expect(await steps.post(body, signEvent("not the secret at all", now, body))).toBe(400)
      expect(await steps.post(body, signEvent(key, now - 301, body))).toBe(400)
      expect(
        await steps.rows("select id from personalization_webhook_inbox where event_id = $1", [
          "evt_forged",
        ])
      ).toEqual([])
    })

    it("takes the same event many times and pays once", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      await steps.press(placed.payment, "pay")
      const payment = await steps.payment(placed.orderId)
      const body = paidEvent(`evt_${payment.external_id}_succeeded`, payment)
      const statuses = await Promise.all(Array.from({ length: 20 }, () => steps.post(body)))
      expect(new Set(statuses)).toEqual(new Set([200]))
      const page = await steps.waitFor(someone, placed.orderId, ({ status }) => status === "paid")
      expect(page.history).toHaveLength(2)
      expect(await steps.events(placed.orderId)).toHaveLength(2)
    })

    it("does not go back when an old event comes late", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      await steps.press(placed.payment, "pay")
      await steps.waitFor(someone, placed.orderId, ({ status }) => status === "paid")
      await steps.steer(placed.orderId, { status: "in_production" })
      const payment = await steps.payment(placed.orderId)
      for (const [id, type] of [
        ["evt_late_paid", "payment.succeeded"],
        ["evt_late_failed", "payment.failed"],
      ] as const) {
        const body = paidEvent(id, payment).replace("payment.succeeded", type)
        expect(await steps.post(body)).toBe(200)
        await steps.until(async () => {
          const [row] = await steps.rows<{ state: string }>(
            "select state from personalization_webhook_inbox where event_id = $1",
            [id]
          )
          return row?.state === "processed" ? row : null
        })
      }
      const { body: page } = await someone.call<OrderPage>("GET", `/orders/${placed.orderId}`)
      expect(page).toMatchObject({
        status: "in_production",
        payment: { status: "succeeded", attempts: 1 },
      })
      expect(page.history).toHaveLength(3)
    })

    it.each([
      ["another amount", { amount: "1.00" }],
      ["another currency", { currency_code: "eur" }],
    ])("keeps an event with %s away from the order", async (_, wrong) => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      const payment = await steps.payment(placed.orderId)
      const id = `evt_${payment.external_id}_wrong`
      expect(await steps.post(paidEvent(id, payment, wrong))).toBe(200)
      await steps.until(async () => {
        const [row] = await steps.rows<{ state: string }>(
          "select state from personalization_webhook_inbox where event_id = $1",
          [id]
        )
        return row?.state === "failed" ? row : null
      })
      const [attempt] = await steps.rows(
        "select state, flag from personalization_payment_attempt where order_id = $1",
        [placed.orderId]
      )
      expect(attempt).toMatchObject({ state: "pending", flag: { code: "amount_mismatch" } })
      const { body: page } = await someone.call<OrderPage>("GET", `/orders/${placed.orderId}`)
      expect(page.status).toBe("created")
      expect(
        await steps.rows("select id from payment where payment_session_id = $1", [
          payment.session_id,
        ])
      ).toEqual([])
    })
  },
})
