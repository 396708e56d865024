// Brings the production record in line with the Medusa order: made when missing, paid when captured, canceled when canceled.
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { allowedSteps, type OrderState } from "../../../domain/order/lifecycle"
import { toAppError } from "../../../lib/errors"
import type {
  PaymentAttemptRow,
  StepResult,
} from "../../../modules/personalization_production/types"
import { designIdOf } from "../../designs/freeze-design"
import { closeOrderPayments, PAYMENT_IN_PROGRESS } from "../../payments/close-sessions"
import { withPaymentLock } from "../../payments/payment-lock"
import { findSession } from "../../payments/payment-sessions"
import { printPaidOrder } from "../../rendering/order-prints"
import { production, webhooks } from "../../services"
import { ensureRecord } from "../ensure-record"
import { checkoutIdOf, findOrder, isCaptured, type OrderRecord } from "../order-record"
import { viewOf } from "../order-view"

export type SyncOrderInput = { order_id: string }

/** Who the history names for what Medusa's own flows did. */
const ACTOR = "medusa"

const syncPersonalizationOrderStep = createStep(
  "sync-personalization-order",
  async (input: SyncOrderInput, { container }) =>
    new StepResponse(await syncOrder(container, input.order_id))
)

/**
 * Follows a Medusa order. It may be repeated at any time and in any order: it reads what is so now.
 * Orders without a personalized line that did not come through our checkout are left alone. For an order canceled in
 * Medusa it closes the payments that are still open.
 * @returns the state of the production record, or null when there is none.
 * @throws AppError 502 `payment_provider_failed`, 503 `payment_busy`; the reconciler tries again.
 */
export const syncPersonalizationOrderWorkflow = createWorkflow(
  "sync-personalization-order",
  (input: SyncOrderInput) => new WorkflowResponse(syncPersonalizationOrderStep(input))
)

async function syncOrder(container: MedusaContainer, orderId: string): Promise<OrderState | null> {
  const order = await findOrder(container, orderId)
  if (!order || !isOurs(order)) {
    return null
  }
  const record = await ensureRecord(container, order, ACTOR)
  const target = targetOf(order, record.status)
  if (!target) {
    return record.status
  }
  const { order: after, changed } =
    target === "canceled" ? await cancel(container, order) : await pay(container, order)
  if (changed) {
    await webhooks(container).wakeDispatcher()
    if (after.status === "paid" && !after.hold_at) {
      await printPaidOrder(container, order.id)
    }
  }
  return after.status
}

async function pay(container: MedusaContainer, order: OrderRecord): Promise<StepResult> {
  const snapshot = await viewOf(container, order)
  const attempt = await capturedAttempt(container, order.id)
  return attempt
    ? production(container).recordPayment({
        attempt_id: attempt.id,
        order_id: order.id,
        actor: `payment:${attempt.provider_id}`,
        snapshot,
      })
    : production(container).advance({ order_id: order.id, to: "paid", actor: ACTOR, snapshot })
}

async function cancel(container: MedusaContainer, order: OrderRecord): Promise<StepResult> {
  const snapshot = await viewOf(container, order)
  return withPaymentLock(container, order.id, async () => {
    await closeOrderPayments(container, order).catch((error: unknown) => {
      if (toAppError(error)?.code !== PAYMENT_IN_PROGRESS) {
        throw error
      }
      // The order is gone all the same: the payment's event finds it canceled and flags the money.
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(`personalization: the canceled order ${order.id} has just been paid`)
    })
    return production(container).advance({
      order_id: order.id,
      to: "canceled",
      actor: ACTOR,
      snapshot,
    })
  })
}

/** The open attempt whose payment Medusa has captured, or null when the money came another way. */
async function capturedAttempt(
  container: MedusaContainer,
  orderId: string
): Promise<PaymentAttemptRow | null> {
  const open = await production(container).listPaymentAttempts({
    order_id: orderId,
    state: ["pending", "failed"],
  })
  for (const attempt of open) {
    const session = attempt.payment_session_id
      ? await findSession(container, attempt.payment_session_id)
      : null
    if (session?.payment?.captured_at) {
      return attempt
    }
  }
  return null
}

/** What Medusa's side asks for and the lifecycle allows; everything else is not this workflow's to say. */
function targetOf(order: OrderRecord, state: OrderState): "paid" | "canceled" | null {
  if (order.status === "canceled") {
    return allowedSteps(state).includes("canceled") ? "canceled" : null
  }
  return state === "created" && isCaptured(order) ? "paid" : null
}

function isOurs(order: OrderRecord): boolean {
  return checkoutIdOf(order) !== null || order.items.some((item) => designIdOf(item) !== null)
}
