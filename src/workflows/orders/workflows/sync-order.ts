// Brings the production record in line with the Medusa order: made when missing, paid when captured, canceled when canceled.
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import type { MedusaContainer } from "@medusajs/framework/types"
import { allowedSteps, type OrderState } from "../../../domain/order/lifecycle"
import type {
  PaymentAttemptRow,
  ProductionOrderRow,
} from "../../../modules/personalization_production/types"
import { findSession } from "../../payments/payment-sessions"
import { designIdOf } from "../../designs/freeze-design"
import { checkoutIdOf, findOrder, isCaptured, type OrderRecord } from "../order-record"
import { viewOf } from "../order-view"
import { productionFacts } from "../production-facts"
import { production, webhooks } from "../services"

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
 * Orders without a personalized line that did not come through our checkout are left alone.
 * @returns the state of the production record, or null when there is none.
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
  const record = await ensureRecord(container, order)
  const target = targetOf(order, record.status)
  if (!target) {
    return record.status
  }
  const snapshot = await viewOf(container, order)
  const attempt = target === "paid" ? await capturedAttempt(container, order.id) : null
  const { order: after, changed } = attempt
    ? await production(container).recordPayment({
        attempt_id: attempt.id,
        order_id: order.id,
        actor: `payment:${attempt.provider_id}`,
        snapshot,
      })
    : await production(container).advance({
        order_id: order.id,
        to: target,
        actor: ACTOR,
        snapshot,
      })
  if (changed) {
    await webhooks(container).wakeDispatcher()
  }
  return after.status
}

async function ensureRecord(
  container: MedusaContainer,
  order: OrderRecord
): Promise<ProductionOrderRow> {
  const service = production(container)
  const [known] = await service.listProductionOrders({ order_id: order.id }, { take: 1 })
  if (known) {
    return known
  }
  const made = await service.createForOrder(await productionFacts(container, order, ACTOR))
  await webhooks(container).wakeDispatcher()
  return made.order
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
function targetOf(order: OrderRecord, state: OrderState): OrderState | null {
  if (order.status === "canceled") {
    return allowedSteps(state).includes("canceled") ? "canceled" : null
  }
  return state === "created" && isCaptured(order) ? "paid" : null
}

function isOurs(order: OrderRecord): boolean {
  return checkoutIdOf(order) !== null || order.items.some((item) => designIdOf(item) !== null)
}
