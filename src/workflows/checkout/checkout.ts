// The checkout: one order for one cart, however often and from wherever it is asked for.
import type { MedusaContainer } from "@medusajs/framework/types"
import { createHash } from "node:crypto"
import { conflict, notFound } from "../../lib/errors"
import { signOrderToken } from "../../lib/order-token"
import type { CheckoutRow, PaymentHandoff } from "../../modules/personalization_production/types"
import { toAmount } from "../catalog/money"
import { recordOrder } from "../orders/ensure-record"
import { findOrder, isCaptured } from "../orders/order-record"
import { syncPersonalizationOrderWorkflow } from "../orders/workflows/sync-order"
import { currentAttempt } from "../payments/attempts"
import { locked } from "../locked"
import { personalization, production } from "../services"
import { findOrderOfCart } from "./cart-record"
import { emptyCart, planCheckout } from "./plan-checkout"
import type { CheckoutAnswer, CheckoutBody, CheckoutInput } from "./types"
import { placePersonalizedOrderWorkflow } from "./workflows/place-order"

/** Seconds that a second request for the same cart waits for the first. */
const LOCK_TIMEOUT_SECONDS = 30

/**
 * Checks the visitor's open cart out. Asked again for the same cart or with the same key it answers the same order.
 *
 * The checkout row and its id on the cart come before the order; whatever comes after the order is repeated by the next
 * call, by the subscriber or by the reconciler, so a crash between them leaves nothing undone.
 * @throws AppError 400 with every fault; 409 `idempotency_key_reused`; 502 `payment_provider_failed`;
 *   503 `checkout_busy` when another request for the cart takes too long.
 */
export async function checkout(
  container: MedusaContainer,
  input: CheckoutInput
): Promise<CheckoutAnswer> {
  const replayed = await replayByKey(container, input)
  if (replayed) {
    return replayed
  }
  const cartId = input.visitor.cart_id
  if (!cartId) {
    throw emptyCart()
  }
  return locked(
    container,
    `personalization-checkout:${cartId}`,
    LOCK_TIMEOUT_SECONDS,
    { code: "checkout_busy", message: "The cart is being checked out right now." },
    async () =>
      (await replayByKey(container, input)) ?? (await checkoutCart(container, input, cartId))
  )
}

async function checkoutCart(
  container: MedusaContainer,
  input: CheckoutInput,
  cartId: string
): Promise<CheckoutAnswer> {
  const service = production(container)
  const [known] = await service.listCheckouts({ cart_id: cartId }, { take: 1 })
  if (known?.order_id) {
    await leaveCart(container, input.visitor.id, cartId)
    return answer(container, known, known.order_id)
  }
  const orderId = await findOrderOfCart(container, cartId)
  if (known && orderId) {
    return finish(container, known, orderId)
  }
  const plan = await planCheckout(container, cartId, input.body)
  const row = await service.startCheckout({
    cart_id: cartId,
    visitor_id: input.visitor.id,
    idempotency_key: input.idempotency_key,
    body_hash: hashBody(input.body),
  })
  const placed = await placePersonalizedOrderWorkflow(container)
    .run({
      input: {
        cart_id: cartId,
        cart_metadata: plan.cart.metadata,
        checkout_id: row.id,
        shipping_option_ids: plan.shipping_option_ids,
        provider_id: plan.provider_id,
        body: input.body,
      },
    })
    .catch(async (error: unknown) => {
      await service.failCheckout(row.id)
      throw error
    })
  return finish(container, row, placed.result.order_id)
}

/** Everything after the order stands. It may be repeated. */
async function finish(
  container: MedusaContainer,
  row: CheckoutRow,
  orderId: string
): Promise<CheckoutAnswer> {
  const order = await findOrder(container, orderId)
  if (!order) {
    throw notFound("order")
  }
  await recordOrder(container, order, row, "customer")
  if (isCaptured(order)) {
    await syncPersonalizationOrderWorkflow(container).run({ input: { order_id: orderId } })
  }
  await leaveCart(container, row.visitor_id, row.cart_id)
  return answer(container, row, orderId)
}

async function answer(
  container: MedusaContainer,
  row: CheckoutRow,
  orderId: string
): Promise<CheckoutAnswer> {
  const service = production(container)
  const [[order], attempts] = await Promise.all([
    service.listProductionOrders({ order_id: orderId }, { take: 1 }),
    service.listPaymentAttempts({ order_id: orderId }, { order: { created_at: "DESC" } }),
  ])
  if (!order) {
    throw notFound("order")
  }
  const attempt = currentAttempt(attempts)
  const { secret } = personalization(container).options
  const handoff = (attempt?.handoff ?? {}) as PaymentHandoff
  return {
    orderId: row.order_id ?? orderId,
    status: order.status,
    currency_code: order.currency_code,
    total: toAmount(order.total, order.currency_code),
    order_token: signOrderToken(secret, orderId),
    payment: attempt ? { provider: attempt.provider_id, ...handoff } : null,
  }
}

/** The visitor has no open cart from now on, unless it has opened another meanwhile. */
async function leaveCart(
  container: MedusaContainer,
  visitorId: string,
  cartId: string
): Promise<void> {
  await personalization(container).updateVisitors({
    selector: { id: visitorId, cart_id: cartId },
    data: { cart_id: null },
  })
}

async function replayByKey(
  container: MedusaContainer,
  input: CheckoutInput
): Promise<CheckoutAnswer | null> {
  if (input.idempotency_key === null) {
    return null
  }
  const [row] = await production(container).listCheckouts(
    { visitor_id: input.visitor.id, idempotency_key: input.idempotency_key },
    { take: 1 }
  )
  if (!row?.order_id) {
    return null
  }
  if (row.body_hash !== hashBody(input.body)) {
    throw conflict(
      "idempotency_key_reused",
      "This Idempotency-Key belongs to a request with another body: send a new one."
    )
  }
  return answer(container, row, row.order_id)
}

/** SHA-256 of the validated body, whose fields have a fixed order. */
function hashBody(body: CheckoutBody): string {
  return createHash("sha256").update(JSON.stringify(body)).digest("hex")
}
