// @redis
// Checkout over HTTP: every fault at once, one order for one cart, and a cart that stays whole when a provider fails.
import {
  addShippingMethodToCartWorkflow,
  updateCartPromotionsWorkflow,
} from "@medusajs/medusa/core-flows"
import { Modules, PromotionActions } from "@medusajs/framework/utils"
import { personalizationTestRunner } from "../helpers/runner"
import { Buyer, checkoutBody, createShop } from "./checkout-shop"
import { Steps, TOTAL, type Fault, type Placed } from "./checkout-steps"

personalizationTestRunner({
  testSuite: (store) => {
    let steps: Steps

    beforeAll(async () => {
      steps = new Steps(store, await createShop(store.getContainer()))
    })

    /** The visitor's open cart as the tables have it. */
    async function openCart(someone: Buyer): Promise<string> {
      const [item] = (await someone.call<{ id: string }[]>("GET", "/cart")).body
      const [row] = await steps.rows<{ cart_id: string }>(
        "select cart_id from cart_line_item where id = $1",
        [item?.id]
      )
      return row?.cart_id ?? ""
    }

    it("offers countries, shipping options and providers for the cart", async () => {
      const someone = await steps.buyer()
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

    it("places the order in state created, with the cheapest shipping, and leaves the cart", async () => {
      const someone = await steps.buyer()
      const placed = await steps.place(someone)
      expect(placed).toEqual({
        orderId: expect.stringMatching(/^order_/),
        status: "created",
        currency_code: "usd",
        total: TOTAL,
        order_token: expect.any(String),
        payment: {
          provider: "pp_sandbox_sandbox",
          url: expect.stringContaining("/sandbox/payments/"),
        },
      })
      expect((await someone.call("GET", "/cart")).body).toEqual([])
      expect(await steps.events(placed.orderId)).toEqual([{ type: "order.created", sequence: 1 }])
    })

    it("takes the shipping option that was asked for", async () => {
      const someone = await steps.buyer()
      const { body } = await someone.call<{ shipping_options: { id: string; name: string }[] }>(
        "GET",
        "/checkout/options"
      )
      const express = body.shipping_options.find(({ name }) => name === "Express")
      const placed = await steps.place(someone, { shipping_option_id: express?.id })
      expect(placed.total).toBe(59.43)
    })

    it("reports every fault at once and leaves the cart alone", async () => {
      const someone = await steps.buyer()
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
      const someone = await steps.buyer()
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
      const someone = await steps.buyer()
      const replies = await Promise.all(
        Array.from({ length: 10 }, () => someone.call<Placed>("POST", "/checkout", checkoutBody()))
      )
      expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(201))
      expect(new Set(replies.map(({ body }) => body.orderId)).size).toBe(1)
      expect(new Set(replies.map(({ body }) => body.payment?.url)).size).toBe(1)
      expect(
        await steps.rows("select id from personalization_payment_attempt where order_id = $1", [
          replies[0]?.body.orderId,
        ])
      ).toHaveLength(1)
    })

    it("answers the same order for the same key, and 409 for the same key with another body", async () => {
      const someone = await steps.buyer()
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
      const stranger = await steps.buyer()
      const theirs = await stranger.call<Placed>("POST", "/checkout", checkoutBody(), key)
      expect(theirs.status).toBe(201)
      expect(theirs.body.orderId).not.toBe(one.body.orderId)
    })

    it("answers 502 when the provider fails, and leaves the cart as it was", async () => {
      await steps.place(await steps.buyer())
      const someone = await steps.buyer()
      const cartId = await openCart(someone)
      const state = () =>
        steps.rows(
          `select c.email, c.metadata, c.completed_at, a.country_code, a.first_name, a.city,
                  (select count(*)::int from cart_shipping_method m where m.cart_id = c.id and m.deleted_at is null) as methods
             from cart c left join cart_address a on a.id = c.shipping_address_id where c.id = $1`,
          [cartId]
        )
      const shown = async () => [
        (await someone.call("GET", "/cart")).body,
        (await someone.call("GET", "/cart/totals")).body,
      ]
      const [before, cart] = [await state(), await shown()]
      await steps.rows("alter table personalization_sandbox_payment rename to sandbox_is_down")
      const failed = await someone.call<Fault>("POST", "/checkout", checkoutBody())
      await steps.rows("alter table sandbox_is_down rename to personalization_sandbox_payment")
      expect(failed).toMatchObject({ status: 502, body: { code: "payment_provider_failed" } })
      expect(await state()).toEqual(before)
      expect(await shown()).toEqual(cart)
      expect((await steps.place(someone)).total).toBe(TOTAL)
    })

    it("finishes a checkout that ended right after its order was placed", async () => {
      const someone = await steps.buyer()
      const cartId = await openCart(someone)
      const placed = await steps.place(someone)
      // What a crash between Medusa's order and our first row after it leaves behind.
      await steps.rows("delete from personalization_production_order where order_id = $1", [
        placed.orderId,
      ])
      await steps.rows(
        `update personalization_payment_attempt set order_id = null where order_id = $1`,
        [placed.orderId]
      )
      const [row] = await steps.rows<{ visitor_id: string }>(
        `update personalization_checkout set state = 'started', order_id = null
          where cart_id = $1 returning visitor_id`,
        [cartId]
      )
      await steps.rows("update personalization_visitor set cart_id = $1 where id = $2", [
        cartId,
        row?.visitor_id,
      ])
      expect(await steps.place(someone)).toEqual(placed)
      expect((await someone.call("GET", `/orders/${placed.orderId}`)).status).toBe(200)
      expect((await someone.call("GET", "/cart")).body).toEqual([])
    })

    it("is paid at once when there is nothing to pay", async () => {
      const container = store.getContainer()
      await container.resolve(Modules.PROMOTION).createPromotions(
        (["items", "shipping_methods"] as const).map((target_type) => ({
          code: `GIFT-${target_type}`,
          type: "standard" as const,
          status: "active" as const,
          application_method: {
            type: "percentage" as const,
            target_type,
            allocation: "across" as const,
            value: 100,
            currency_code: "usd",
          },
        }))
      )
      const someone = await steps.buyer()
      const cart_id = await openCart(someone)
      const { body } = await someone.call<{ shipping_options: { id: string }[] }>(
        "GET",
        "/checkout/options"
      )
      const options = body.shipping_options.slice(0, 1)
      await addShippingMethodToCartWorkflow(container).run({ input: { cart_id, options } })
      await updateCartPromotionsWorkflow(container).run({
        input: {
          cart_id,
          promo_codes: ["GIFT-items", "GIFT-shipping_methods"],
          action: PromotionActions.ADD,
        },
      })
      const placed = await steps.place(someone)
      expect(placed).toMatchObject({ status: "paid", total: 0, payment: null })
      expect((await steps.events(placed.orderId)).map(({ type }) => type)).toEqual([
        "order.created",
        "order.paid",
      ])
    })
  },
})
