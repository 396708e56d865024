// Changes an order's state on somebody's word: a workshop's, a partner's, the shop's.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { cancelOrderWorkflow, deletePaymentSessionsWorkflow } from "@medusajs/medusa/core-flows"
import { step, type OrderState } from "../../../domain/order/lifecycle"
import { AppError, conflict, notFound } from "../../../lib/errors"
import type { ProductionOrderRow } from "../../../modules/personalization_production/types"
import { findOrder } from "../order-record"
import { viewOf } from "../order-view"
import { production, webhooks } from "../services"

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
      return new StepResponse(record.status)
    }
    if (input.to === "paid") {
      throw conflict(
        "paid_comes_from_money",
        "An order becomes paid by its payment only: capture it instead."
      )
    }
    const snapshot = await viewOf(container, order)
    if (input.to === "canceled") {
      await cancelInMedusa(container, record, order.status, input.actor)
    }
    const { order: after } = await service.advance({ ...input, snapshot })
    await webhooks(container).wakeDispatcher()
    return new StepResponse(after.status)
  }
)

/**
 * Takes a step of the lifecycle. `canceled` also cancels the order in Medusa: open payments are closed at their
 * provider, captured ones refunded, reservations given back.
 * @returns the state the order has now.
 * @throws AppError 404 `order_not_found`; 409 `step_not_allowed`, `paid_comes_from_money`, `payment_in_progress`.
 */
export const changePersonalizationOrderStatusWorkflow = createWorkflow(
  "change-personalization-order-status",
  (input: ChangeOrderStatusInput) =>
    new WorkflowResponse(changePersonalizationOrderStatusStep(input))
)

async function cancelInMedusa(
  container: MedusaContainer,
  record: ProductionOrderRow,
  medusaStatus: string,
  actor: string
): Promise<void> {
  const service = production(container)
  const open = await service.listPaymentAttempts({
    order_id: record.order_id,
    state: ["pending", "failed"],
  })
  const sessions = open.map((attempt) => attempt.payment_session_id).filter((id) => id !== null)
  // First the money: once these are closed at the provider, nobody can pay for an order that is gone.
  await deletePaymentSessionsWorkflow(container)
    .run({ input: { ids: sessions } })
    .catch(() => {
      throw conflict(
        "payment_in_progress",
        "A payment of this order could not be closed: it may just have been paid. Look at the order again."
      )
    })
  await service.closeAttempts({ ids: open.map(({ id }) => id), state: "canceled" })
  if (medusaStatus !== "canceled") {
    await cancelOrderWorkflow(container).run({
      input: { order_id: record.order_id, canceled_by: actor },
    })
  }
}
