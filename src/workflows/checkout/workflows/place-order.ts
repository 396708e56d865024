// Places the order of a cart that was judged good. If anything fails, everything done before it is taken back.
import { MathBN, Modules } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import {
  addShippingMethodToCartWorkflow,
  completeCartWorkflow,
  createPaymentCollectionForCartWorkflow,
  releaseLockStep,
  updateCartWorkflow,
} from "@medusajs/medusa/core-flows"
import { setTimeout as sleep } from "node:timers/promises"
import { AppError } from "../../../lib/errors"
import { startPayment, undoPayment, type StartedPayment } from "../../payments/start-payment"
import { readCheckoutCart } from "../cart-record"
import { findCartIssues } from "../../carts/cart-issues"
import { CHECKOUT_KEY } from "../../orders/order-record"
import { addressView } from "../../orders/order-view"
import { refusal } from "../plan-checkout"
import type { CheckoutBody } from "../types"

export type PlaceOrderInput = {
  cart_id: string
  cart_metadata: Record<string, unknown> | null
  checkout_id: string
  shipping_option_ids: string[]
  provider_id: string
  body: CheckoutBody
}

/** Seconds between two tries at the cart's lock, how long to try and how long to hold it at most. */
const LOCK_INTERVAL_SECONDS = 0.3
const LOCK_TIMEOUT_SECONDS = 30
const LOCK_TTL_SECONDS = 120

// Medusa's workflows lock a cart by its id. Its own step for that ends in a 500 when the cart is busy.
const lockPersonalizationCartStep = createStep(
  "lock-personalization-cart",
  async (input: { cart_id: string }, { container }) => {
    const locking = container.resolve(Modules.LOCKING)
    const until = Date.now() + LOCK_TIMEOUT_SECONDS * 1000
    const acquire = () =>
      locking.acquire(input.cart_id, { expire: LOCK_TTL_SECONDS }).then(
        () => true,
        () => false
      )
    while (!(await acquire())) {
      if (Date.now() >= until) {
        throw new AppError("unavailable", "checkout_busy", "The cart is being changed right now.", {
          headers: { "Retry-After": "5" },
        })
      }
      await sleep(LOCK_INTERVAL_SECONDS * 1000)
    }
    return new StepResponse(input.cart_id, input.cart_id)
  },
  async (cartId, { container }) => {
    if (cartId) {
      await container.resolve(Modules.LOCKING).release(cartId)
    }
  }
)

// Medusa's own compensation leaves the new addresses on the cart.
const rememberPersonalizationCartStep = createStep(
  "remember-personalization-cart",
  async (input: { cart_id: string }, { container }) => {
    const cart = await container
      .resolve(Modules.CART)
      .retrieveCart(input.cart_id, { relations: ["shipping_address", "billing_address"] })
    return new StepResponse(cart.id, {
      id: cart.id,
      shipping_address: cart.shipping_address ? addressView(cart.shipping_address) : null,
      billing_address: cart.billing_address ? addressView(cart.billing_address) : null,
    })
  },
  async (cart, { container }) => {
    if (cart) {
      await container.resolve(Modules.CART).updateCarts([cart])
    }
  }
)

const readPersonalizationCartStep = createStep(
  "read-personalization-cart",
  async (input: { cart_id: string }, { container }) => {
    const cart = await readCheckoutCart(container, input.cart_id)
    if (!cart) {
      throw new Error(`The cart ${input.cart_id} is gone.`)
    }
    // The plan was made before the cart was locked.
    const issues = await findCartIssues(container, input.cart_id)
    if (issues.length > 0) {
      throw refusal(issues)
    }
    return new StepResponse({
      owes: MathBN.gt(cart.total, 0),
      has_collection: cart.payment_collection !== null && cart.payment_collection !== undefined,
    })
  }
)

const startPersonalizationCheckoutPaymentStep = createStep(
  "start-personalization-checkout-payment",
  async (input: PlaceOrderInput, { container }) => {
    const cart = await readCheckoutCart(container, input.cart_id)
    const collection = cart?.payment_collection
    if (!cart || !collection) {
      throw new Error(`The cart ${input.cart_id} has no payment collection.`)
    }
    // Medusa never compares the two; a payment of another amount must not be asked for.
    if (!MathBN.eq(collection.amount, cart.total)) {
      throw new AppError(
        "conflict",
        "cart_changed",
        "The cart has just changed: check it out again."
      )
    }
    const started = await startPayment(container, {
      payment_collection: collection,
      provider_id: input.provider_id,
      checkout_id: input.checkout_id,
      order_id: null,
      return_url: input.body.payment.return_url,
      cancel_url: input.body.payment.cancel_url,
    })
    return new StepResponse<StartedPayment, StartedPayment>(started, started)
  },
  async (started, { container }) => {
    if (started) {
      await undoPayment(container, started)
    }
  }
)

/**
 * Fills in the customer, the addresses and the shipping, starts the payment and completes the cart with Medusa's own
 * workflows. With a provider that answers `pending_authorization` the order stands before the money is there.
 * @returns the order's id.
 * @throws AppError 400 with the faults of a cart that was changed meanwhile; 409 `cart_changed`, `payment_in_progress`;
 *   502 `payment_provider_failed`; the cart is then as it was. 503 `checkout_busy`.
 */
export const placePersonalizedOrderWorkflow = createWorkflow(
  "place-personalized-order",
  (input: PlaceOrderInput) => {
    lockPersonalizationCartStep({ cart_id: input.cart_id })
    rememberPersonalizationCartStep({ cart_id: input.cart_id })
    const update = transform({ input }, ({ input: { body, ...rest } }) => ({
      id: rest.cart_id,
      email: body.email,
      shipping_address: body.shipping_address,
      billing_address: body.billing_address ?? body.shipping_address,
      // Medusa copies it to the order: that is how a checkout finds its order again after a crash.
      metadata: { ...rest.cart_metadata, [CHECKOUT_KEY]: rest.checkout_id },
    }))
    updateCartWorkflow.runAsStep({ input: update })
    when("has-shipping", { input }, ({ input }) => input.shipping_option_ids.length > 0).then(
      () => {
        const shipping = transform({ input }, ({ input }) => ({
          cart_id: input.cart_id,
          options: input.shipping_option_ids.map((id) => ({ id })),
        }))
        addShippingMethodToCartWorkflow.runAsStep({ input: shipping })
      }
    )
    const cart = readPersonalizationCartStep({ cart_id: input.cart_id })
    when("needs-collection", { cart }, ({ cart }) => cart.owes && !cart.has_collection).then(() => {
      createPaymentCollectionForCartWorkflow.runAsStep({ input: { cart_id: input.cart_id } })
    })
    when("owes-something", { cart }, ({ cart }) => cart.owes).then(() => {
      startPersonalizationCheckoutPaymentStep(input)
    })
    const order = completeCartWorkflow.runAsStep({ input: { id: input.cart_id } })
    releaseLockStep({ key: input.cart_id })
    return new WorkflowResponse(transform({ order }, ({ order }) => ({ order_id: order.id })))
  }
)
