// Changes an order's state on somebody's word: a workshop's, a partner's, the shop's.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { cancelOrderWorkflow } from "@medusajs/medusa/core-flows"
import { step, type OrderState } from "../../../domain/order/lifecycle"
import { AppError, conflict, notFound } from "../../../lib/errors"
import { closeOrderPayments } from "../../payments/close-sessions"
import { withPaymentLock } from "../../payments/payment-lock"
import { production, webhooks } from "../../services"
import { findOrder, type OrderRecord } from "../order-record"
import { viewOf } from "../order-view"

export type ChangeOrderStatusInput = {
  order_id: string
  to: OrderState
  /** Who says so, as the history names it. */
  actor: string
  reason?: string | undefined
  tracking_number?: string | undefined
  tracking_url?: string | undefined
}

const changePersonalizationOrderStatusStep = createStep(
  "change-personalization-order-status",
  async (input: ChangeOrderStatusInput, { container }) => {
    const change = () => changeStatus(container, input)
    // A retry must not start a payment while the order is being canceled.
    return new StepResponse(
      input.to === "canceled"
        ? await withPaymentLock(container, input.order_id, change)
        : await change()
    )
  }
)

/**
 * Takes a step of the lifecycle. `canceled` also cancels the order in Medusa: open payments are closed at their
 * provider, captured ones refunded, reservations given back.
 * @returns the state the order has now.
 * @throws AppError 404 `order_not_found`; 409 `step_not_allowed`, `paid_comes_from_money`, `payment_in_progress`;
 *   502 `payment_provider_failed`; 503 `payment_busy`.
 */
export const changePersonalizationOrderStatusWorkflow = createWorkflow(
  "change-personalization-order-status",
  (input: ChangeOrderStatusInput) =>
    new WorkflowResponse(changePersonalizationOrderStatusStep(input))
)

async function changeStatus(
  container: MedusaContainer,
  input: ChangeOrderStatusInput
): Promise<OrderState> {
  const service = production(container)
  const [record] = await service.listProductionOrders({ order_id: input.order_id }, { take: 1 })
  const order = record ? await findOrder(container, input.order_id) : null
  if (!record || !order) {
    throw notFound("order")
  }
  const judged = step(record.status, input.to)
  if ("issue" in judged) {
    throw new AppError("conflict", judged.issue.code, judged.issue.message, {
      issues: [judged.issue],
    })
  }
  if ("same" in judged) {
    return record.status
  }
  if (input.to === "paid") {
    throw conflict(
      "paid_comes_from_money",
      "An order becomes paid by its payment only: capture it instead."
    )
  }
  const snapshot = await viewOf(container, order)
  if (input.to === "canceled") {
    await cancelInMedusa(container, order, input.actor)
  }
  const { order: after } = await service.advance({ ...input, snapshot })
  await webhooks(container).wakeDispatcher()
  return after.status
}

async function cancelInMedusa(
  container: MedusaContainer,
  order: OrderRecord,
  actor: string
): Promise<void> {
  // First the money: once these are closed at the provider, nobody can pay for an order that is gone.
  await closeOrderPayments(container, order)
  if (order.status !== "canceled") {
    await cancelOrderWorkflow(container).run({
      input: { order_id: order.id, canceled_by: actor },
    })
  }
}
