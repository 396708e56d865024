// Orders that came another way than planned: records made again after a crash, forged metadata, carts changed meanwhile.
import { updateRegionsWorkflow } from "@medusajs/medusa/core-flows"
import { reconcilePersonalizationOrders } from "../../src/workflows/orders/reconcile-orders"
import { placePersonalizedOrderWorkflow } from "../../src/workflows/checkout/workflows/place-order"
import { personalizationTestRunner } from "../helpers/runner"
import { ADDRESS, checkoutBody, createShop, type Buyer } from "./checkout-shop"
import { Steps, type Fault } from "./checkout-steps"

personalizationTestRunner({
  testSuite: (store) => {
    let steps: Steps

    beforeAll(async () => {
      steps = new Steps(store, await createShop(store.getContainer()))
    })

    const reconcile = () => reconcilePersonalizationOrders(store.getContainer())

    const forget = (orderId: string) =>
      steps.rows("delete from personalization_production_order where order_id = $1", [orderId])

    async function checkoutOf(orderId: string): Promise<string> {
      const [row] = await steps.rows<{ id: string }>(
        "select metadata->>'personalization_checkout_id' as id from \"order\" where id = $1",
        [orderId]
      )
      return row?.id ?? ""
    }

    /** The id of the line in the buyer's cart, and the cart's. */
    async function line(someone: Buyer): Promise<{ id: string; cart_id: string }> {
      const [item] = (await someone.call<{ id: string }[]>("GET", "/cart")).body
      const [row] = await steps.rows<{ id: string; cart_id: string }>(
        "select id, cart_id from cart_line_item where id = $1",
        [item?.id]
      )
      return row ?? { id: "", cart_id: "" }
    }

    it("binds checkout and payment to an order that only the reconciler found", async () => {
      const someone = await steps.buyer()
      const { orderId, payment } = await steps.place(someone)
      const checkoutId = await checkoutOf(orderId)
      await forget(orderId)
      await steps.rows(
        "update personalization_payment_attempt set order_id = null where order_id = $1",
        [orderId]
      )
      await steps.rows(
        "update personalization_checkout set state = 'started', order_id = null where id = $1",
        [checkoutId]
      )
      await reconcile()
      expect(
        await steps.rows(
          `select c.state, c.order_id, a.order_id as attempt_order
             from personalization_checkout c
             join personalization_payment_attempt a on a.checkout_id = c.id where c.id = $1`,
          [checkoutId]
        )
      ).toEqual([{ state: "placed", order_id: orderId, attempt_order: orderId }])
      await steps.press(payment, "pay")
      await steps.waitFor(someone, orderId, ({ status }) => status === "paid")
    })

    it("does not believe metadata that names somebody else's checkout", async () => {
      const { orderId: theirs } = await steps.place(await steps.buyer())
      const { orderId: forged } = await steps.place(await steps.buyer())
      await steps.rows(
        `update "order" set metadata = jsonb_build_object('personalization_checkout_id', $2::text)
          where id = $1`,
        [forged, await checkoutOf(theirs)]
      )
      await forget(forged)
      await reconcile()
      expect(
        await steps.rows(
          "select visitor_id, checkout_id from personalization_production_order where order_id = $1",
          [forged]
        )
      ).toEqual([{ visitor_id: null, checkout_id: null }])
    })

    it("puts an order on hold whose line names a design that is not its own", async () => {
      const someone = await steps.buyer()
      const { orderId } = await steps.place(someone)
      await steps.rows(
        `update order_item set metadata = '{"personalization_design_id":"pdes_forged"}'
          where order_id = $1`,
        [orderId]
      )
      await forget(orderId)
      await reconcile()
      const response = await store.request(`/orders/${orderId}`, {
        headers: { "X-API-Key": steps.shop.apiKey },
      })
      expect(await response.json()).toMatchObject({
        status: "created",
        hold: { reason: "design_mismatch", at: expect.any(String) },
      })
    })

    it("judges the cart again under its lock", async () => {
      const someone = await steps.buyer()
      const { id, cart_id } = await line(someone)
      await steps.rows(
        `update cart_line_item set metadata = '{"personalization_design_id":"pdes_forged"}'
          where id = $1`,
        [id]
      )
      // What the workflow meets when the line was changed after the checkout had judged the cart.
      const placing = placePersonalizedOrderWorkflow(store.getContainer()).run({
        input: {
          cart_id,
          cart_metadata: null,
          checkout_id: "pchk_spec",
          shipping_option_ids: [],
          provider_id: "pp_sandbox_sandbox",
          body: {
            email: "ada@example.com",
            shipping_address: ADDRESS,
            payment: { provider: "sandbox" },
          },
        },
      })
      await expect(placing).rejects.toMatchObject({
        type: "invalid_data",
        code: "design_mismatch",
      })
      expect(
        await steps.rows("select order_id from order_cart where cart_id = $1", [cart_id])
      ).toEqual([])
    })

    it("tells partners about orders in snake_case", async () => {
      const { orderId } = await steps.place(await steps.buyer())
      const [event] = await steps.rows<{ data: { order: Record<string, unknown> } }>(
        "select data from personalization_webhook_event where order_id = $1",
        [orderId]
      )
      expect(event?.data.order).toMatchObject({ id: orderId, created_at: expect.any(String) })
      expect(Object.keys(event?.data.order ?? {}).filter((key) => /[A-Z]/.test(key))).toEqual([])
    })

    it("offers only payment providers that can be paid after the order is placed", async () => {
      const [region] = await steps.rows<{ id: string }>("select id from region")
      await updateRegionsWorkflow(store.getContainer()).run({
        input: {
          selector: { id: region?.id ?? "" },
          update: { payment_providers: ["pp_sandbox_sandbox", "pp_system_default"] },
        },
      })
      const someone = await steps.buyer()
      expect((await someone.call("GET", "/checkout/options")).body).toMatchObject({
        payment_providers: [{ id: "pp_sandbox_sandbox" }],
      })
      const refused = await someone.call<Fault>(
        "POST",
        "/checkout",
        checkoutBody({ payment: { provider: "pp_system_default" } })
      )
      expect(refused).toMatchObject({
        status: 400,
        body: { code: "unknown_payment_provider" },
      })
      const { orderId } = await steps.place(someone)
      const retry = await someone.call<Fault>("POST", `/orders/${orderId}/payment`, {
        provider: "pp_system_default",
      })
      expect(retry).toMatchObject({ status: 400, body: { code: "unknown_payment_provider" } })
    })
  },
})
