// Checkout and payment over HTTP: the order stands first, the sandbox's event pays it, and nothing happens twice.
import { Modules } from "@medusajs/framework/utils"
import { Client } from "pg"
import { setTimeout as sleep } from "node:timers/promises"
import { signEvent } from "../../src/lib/sandbox/signature"
import { SandboxStore } from "../../src/lib/sandbox/store"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { personalizationTestRunner } from "../helpers/runner"
import { Buyer, checkoutBody, createShop, type CheckoutShop } from "./checkout-shop"

type Placed = {
  orderId: string
  status: string
  currency_code: string
  total: number
  order_token: string
  payment: { provider: string; url: string } | null
}
type OrderPage = {
  orderId: string
  status: string
  total: number
  trackingUrl?: string
  items: { title: string; quantity: number; unit_price: number; line_total: number }[]
  payment: { status: string; attempts: number; last_error?: { code: string; message: string } }
  history: { status: string }[]
}
type Fault = { code: string; issues?: { path: string; code: string }[] }

/** 2 posters at 20 and shipping for 5.90, with 8.25% tax on both: 45.90 * 1.0825, rounded line by line. */
const TOTAL = 49.69

personalizationTestRunner({
  testSuite: (store) => {
    let shop: CheckoutShop

    beforeAll(async () => {
      shop = await createShop(store.getContainer())
    })

    async function buyer(quantity = 2): Promise<Buyer> {
      const someone = new Buyer(store)
      await someone.fill(shop.variantId, quantity)
      return someone
    }

    async function place(someone: Buyer): Promise<Placed> {
      const { status, body } = await someone.call<Placed>("POST", "/checkout", checkoutBody())
      expect({ status, body }).toMatchObject({ status: 201 })
      return body
    }

    async function press(placed: Placed, action: "pay" | "decline") {
      const url = new URL(placed.payment?.url ?? "")
      const response = await store.request(url.pathname, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ action }),
      })
      return { status: response.status, body: await response.json() }
    }

    async function waitFor(
      someone: Buyer,
      orderId: string,
      test: (page: OrderPage) => boolean
    ): Promise<OrderPage> {
      for (let tries = 0; tries < 100; tries += 1) {
        const { body } = await someone.call<OrderPage>("GET", `/orders/${orderId}`)
        if (test(body)) {
          return body
        }
        await sleep(100)
      }
      throw new Error(`The order ${orderId} did not come to the expected state in 10 s.`)
    }

    async function rows<T>(sql: string, values: unknown[]): Promise<T[]> {
      const client = new Client({ connectionString: store.databaseUrl })
      await client.connect()
      try {
        return (await client.query(sql, values)).rows as T[]
      } finally {
        await client.end()
      }
    }

    async function events(orderId: string): Promise<{ type: string; sequence: number }[]> {
      return rows(
        "select type, sequence::int from personalization_webhook_event where order_id = $1 order by sequence",
        [orderId]
      )
    }

    it("offers countries, shipping options and providers for the cart", async () => {
      const someone = await buyer()
      const { body } = await someone.call("GET", "/checkout/options")
      expect(body).toEqual({
        countries: [{ code: "us", name: expect.any(String) }],
        shipping_options: [
          { id: expect.any(String), name: "Standard", amount: 5.9, currency_code: "usd" },
          { id: expect.any(String), name: "Express", amount: 14.9, currency_code: "usd" },
        ],
        payment_providers: [{ id: "pp_sandbox_sandbox" }],
      })
    })

    it("places the order before the money, and pays it on the sandbox's event", async () => {
      const someone = await buyer()
      const placed = await place(someone)
      expect(placed).toEqual({
        orderId: expect.stringMatching(/^order_/),
        status: "created",
        currency_code: "usd",
        total: TOTAL,
        order_token: expect.any(String),
        payment: { provider: "pp_sandbox_sandbox", url: expect.stringContaining("/sandbox/payments/") },
      })
      expect((await someone.call("GET", "/cart")).body).toEqual([])

      const pressed = await press(placed, "pay")
      expect(pressed).toMatchObject({
        status: 200,
        body: { payment: { status: "paid" }, event: { delivered: true } },
      })
      const page = await waitFor(someone, placed.orderId, ({ status }) => status === "paid")
      expect(page).toMatchObject({
        total: TOTAL,
        items: [{ title: "Poster", quantity: 2, unit_price: 20, line_total: 40 }],
        payment: { status: "succeeded", attempts: 1 },
      })
      expect(page.history.map(({ status }) => status)).toEqual(["created", "paid"])
      expect(await events(placed.orderId)).toEqual([
        { type: "order.created", sequence: 1 },
        { type: "order.paid", sequence: 2 },
      ])
      const captures = await rows<{ amount: string }>(
        `select c.amount from capture c join payment p on p.id = c.payment_id
           join order_payment_collection l on l.payment_collection_id = p.payment_collection_id
          where l.order_id = $1`,
        [placed.orderId]
      )
      expect(captures.map(({ amount }) => Number(amount))).toEqual([TOTAL])
    })

    it("shows a payment page without scripts, and goes on when a form is posted", async () => {
      const someone = await buyer()
      const placed = await place(someone)
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
      await waitFor(someone, placed.orderId, ({ status }) => status === "paid")
    })

    it("reports every fault at once and leaves the cart alone", async () => {
      const someone = await buyer()
      const { status, body } = await someone.call<Fault>(
        "POST",
        "/checkout",
        checkoutBody({
          shipping_option_id: "so_unknown",
          payment: { provider: "barter", return_url: "https://elsewhere.example/done" },
        })
      )
      expect(status).toBe(400)
      expect(body.issues?.map(({ path, code }) => [path, code])).toEqual([
        ["payment.return_url", "origin_not_allowed"],
        ["shipping_option_id", "unknown_shipping_option"],
        ["payment.provider", "unknown_payment_provider"],
      ])
      const shape = await someone.call<Fault>("POST", "/checkout", { email: "nobody", price: 1 })
      expect(shape.status).toBe(400)
      expect(shape.body.issues?.map(({ path }) => path)).toEqual(
        expect.arrayContaining(["email", "shipping_address", "payment", "price"])
      )
      expect((await someone.call<unknown[]>("GET", "/cart")).body).toHaveLength(1)
    })

    it("refuses an empty cart and a country that the region does not serve", async () => {
      const nobody = new Buyer(store)
      const empty = await nobody.call<Fault>("POST", "/checkout", checkoutBody())
      expect(empty).toMatchObject({ status: 400, body: { code: "cart_empty" } })
      const someone = await buyer()
      const abroad = await someone.call<Fault>(
        "POST",
        "/checkout",
        checkoutBody({
          shipping_address: {
            first_name: "Ada",
            last_name: "Lovelace",
            address_1: "1 Rue",
            city: "Paris",
            country_code: "fr",
          },
        })
      )
      expect(abroad.status).toBe(400)
      expect(abroad.body.issues?.map(({ code }) => code)).toContain("country_not_served")
    })

    it("makes one order of many simultaneous checkouts of a cart", async () => {
      const someone = await buyer()
      const replies = await Promise.all(
        Array.from({ length: 10 }, () => someone.call<Placed>("POST", "/checkout", checkoutBody()))
      )
      expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(201))
      expect(new Set(replies.map(({ body }) => body.orderId)).size).toBe(1)
      expect(new Set(replies.map(({ body }) => body.payment?.url)).size).toBe(1)
      const orderId = replies[0]?.body.orderId
      expect(
        await rows("select id from personalization_payment_attempt where order_id = $1", [orderId])
      ).toHaveLength(1)
    })

    it("answers the same order for the same key, and 409 for the same key with another body", async () => {
      const someone = await buyer()
      const key = { "Idempotency-Key": "order-of-ada" }
      const one = await someone.call<Placed>("POST", "/checkout", checkoutBody(), key)
      const two = await someone.call<Placed>("POST", "/checkout", checkoutBody(), key)
      expect([one.status, two.status]).toEqual([201, 201])
      expect(two.body).toEqual(one.body)
      const other = await someone.call<Fault>(
        "POST",
        "/checkout",
        checkoutBody({ email: "other@example.com" }),
        key
      )
      expect(other).toMatchObject({ status: 409, body: { code: "idempotency_key_reused" } })
      const stranger = await buyer()
      const theirs = await stranger.call<Placed>("POST", "/checkout", checkoutBody(), key)
      expect(theirs.status).toBe(201)
      expect(theirs.body.orderId).not.toBe(one.body.orderId)
    })

    it("keeps a declined order open and gives it another payment in place of the first", async () => {
      const someone = await buyer()
      const placed = await place(someone)
      await press(placed, "decline")
      const declined = await waitFor(
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
      expect(await press(placed, "pay")).toMatchObject({
        status: 409,
        body: { code: "payment_closed" },
      })
      await press({ ...placed, payment: retry.body.payment }, "pay")
      const paid = await waitFor(someone, placed.orderId, ({ status }) => status === "paid")
      expect(paid.payment).toEqual({ status: "succeeded", attempts: 2 })
      const late = await someone.call<Fault>("POST", `/orders/${placed.orderId}/payment`, {})
      expect(late).toMatchObject({ status: 409, body: { code: "order_not_payable" } })
    })

    it("shows an order to its visitor, its token and the shop, and to nobody else", async () => {
      const someone = await buyer()
      const { orderId, order_token } = await place(someone)
      const stranger = await buyer()
      const as = async (path: string, headers: Record<string, string> = {}) => {
        const response = await store.request(path, { headers })
        return { status: response.status, text: await response.text() }
      }
      expect((await someone.call("GET", `/orders/${orderId}`)).status).toBe(200)
      expect((await as(`/orders/${orderId}?token=${order_token}`)).status).toBe(200)
      expect((await as(`/orders/${orderId}`, { "X-API-Key": shop.apiKey })).status).toBe(200)
      const unknown = await as("/orders/order_01UNKNOWN")
      expect(unknown.status).toBe(404)
      expect(await as(`/orders/${orderId}`)).toEqual(unknown)
      expect(await as(`/orders/${orderId}`, { "X-Session-Key": stranger.key })).toEqual(unknown)
      expect(await as(`/orders/${orderId}?token=${order_token.slice(0, -3)}`)).toEqual(unknown)
    })

    describe("events of the payment provider", () => {
      async function post(body: string, header: string | null): Promise<number> {
        const response = await store.request("/hooks/payment/sandbox_sandbox", {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            ...(header === null ? {} : { "sandbox-signature": header }),
          },
          body,
        })
        return response.status
      }

      async function secret(): Promise<string> {
        const knex = store.getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
        return (await new SandboxStore(knex).account())?.webhook_secret ?? ""
      }

      async function sessionOf(orderId: string): Promise<{ id: string; external: string }> {
        const [row] = await rows<{ id: string; external: string }>(
          `select payment_session_id as id, external_id as external
             from personalization_payment_attempt where order_id = $1`,
          [orderId]
        )
        return row ?? { id: "", external: "" }
      }

      function event(
        id: string,
        session: { id: string; external: string },
        amount: string,
        currency_code = "usd"
      ): string {
        return JSON.stringify({
          id,
          type: "payment.succeeded",
          created: Math.floor(Date.now() / 1000),
          data: { id: session.external, session_id: session.id, amount, currency_code },
        })
      }

      const now = () => Math.floor(Date.now() / 1000)

      it("refuses bad and old signatures and stores nothing", async () => {
        const someone = await buyer()
        const placed = await place(someone)
        const body = event("evt_forged", await sessionOf(placed.orderId), String(TOTAL))
        const key = await secret()
        const good = signEvent(key, now(), body)
        expect(await post(body, null)).toBe(400)
        expect(await post(`${body} `, good)).toBe(400)
        expect(await post(body, signEvent("not the secret at all", now(), body))).toBe(400)
        expect(await post(body, signEvent(key, now() - 301, body))).toBe(400)
        expect(
          await rows("select id from personalization_webhook_inbox where event_id = $1", [
            "evt_forged",
          ])
        ).toEqual([])
      })

      it("takes the same event many times and pays once", async () => {
        const someone = await buyer()
        const placed = await place(someone)
        await press(placed, "pay")
        const session = await sessionOf(placed.orderId)
        const body = event(`evt_${session.external}_succeeded`, session, String(TOTAL))
        const key = await secret()
        const statuses = await Promise.all(
          Array.from({ length: 20 }, () => post(body, signEvent(key, now(), body)))
        )
        expect(new Set(statuses)).toEqual(new Set([200]))
        const page = await waitFor(someone, placed.orderId, ({ status }) => status === "paid")
        expect(page.history).toHaveLength(2)
        expect(await events(placed.orderId)).toHaveLength(2)
      })

      it.each([
        ["another amount", "1.00", "usd"],
        ["another currency", String(TOTAL), "eur"],
      ])("keeps an event with %s away from the order", async (_, amount, currency) => {
        const someone = await buyer()
        const placed = await place(someone)
        const session = await sessionOf(placed.orderId)
        const id = `evt_${session.external}_wrong`
        const body = event(id, session, amount, currency)
        expect(await post(body, signEvent(await secret(), now(), body))).toBe(200)
        for (let tries = 0; tries < 100; tries += 1) {
          const [row] = await rows<{ state: string }>(
            "select state from personalization_webhook_inbox where event_id = $1",
            [id]
          )
          if (row?.state === "failed") {
            break
          }
          await sleep(100)
        }
        const [attempt] = await rows<{ state: string; flag: { code: string } }>(
          "select state, flag from personalization_payment_attempt where order_id = $1",
          [placed.orderId]
        )
        expect(attempt).toMatchObject({ state: "pending", flag: { code: "amount_mismatch" } })
        const { body: page } = await someone.call<OrderPage>("GET", `/orders/${placed.orderId}`)
        expect(page.status).toBe("created")
        expect(
          await rows("select id from payment where payment_session_id = $1", [session.id])
        ).toEqual([])
      })
    })

    describe("steps of the shop", () => {
      const steer = async (orderId: string, body: unknown, key = shop.apiKey) => {
        const response = await store.request(`/orders/${orderId}/status`, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-API-Key": key },
          body: JSON.stringify(body),
        })
        return { status: response.status, body: (await response.json()) as OrderPage & Fault }
      }

      it("goes from paid to delivered, and lists the order", async () => {
        const someone = await buyer()
        const placed = await place(someone)
        expect(await steer(placed.orderId, { status: "paid" })).toMatchObject({
          status: 409,
          body: { code: "paid_comes_from_money" },
        })
        expect(await steer(placed.orderId, { status: "shipped" })).toMatchObject({
          status: 409,
          body: { code: "step_not_allowed" },
        })
        await press(placed, "pay")
        await waitFor(someone, placed.orderId, ({ status }) => status === "paid")
        expect((await steer(placed.orderId, { status: "in_production" })).status).toBe(200)
        const shipped = await steer(placed.orderId, {
          status: "shipped",
          trackingUrl: "https://track.example/1",
        })
        expect(shipped.body).toMatchObject({
          status: "shipped",
          trackingUrl: "https://track.example/1",
        })
        expect((await steer(placed.orderId, { status: "shipped" })).status).toBe(200)
        expect((await steer(placed.orderId, { status: "canceled" })).status).toBe(409)
        const response = await store.request("/orders?status=shipped", {
          headers: { "X-API-Key": shop.apiKey },
        })
        expect(await response.json()).toMatchObject({
          orders: [{ orderId: placed.orderId, status: "shipped" }],
          count: 1,
        })
        expect((await events(placed.orderId)).map(({ type }) => type)).toEqual([
          "order.created",
          "order.paid",
          "order.in_production",
          "order.shipped",
        ])
        expect((await steer(placed.orderId, { status: "delivered" }, "sk_wrong")).status).toBe(403)
      })

      it("cancels an unpaid order together with its payment and gives the stock back", async () => {
        const someone = await buyer()
        const placed = await place(someone)
        expect(await steer(placed.orderId, { status: "canceled" })).toMatchObject({
          status: 200,
          body: { status: "canceled", payment: { status: "canceled" } },
        })
        expect(await press(placed, "pay")).toMatchObject({ status: 409 })
        const order = await store
          .getContainer()
          .resolve(Modules.ORDER)
          .retrieveOrder(placed.orderId, { relations: ["items"] })
        expect(order.status).toBe("canceled")
        const reservations = await store
          .getContainer()
          .resolve(Modules.INVENTORY)
          .listReservationItems({ line_item_id: order.items?.map(({ id }) => id) ?? [] })
        expect(reservations).toEqual([])
      })
    })
  },
})
