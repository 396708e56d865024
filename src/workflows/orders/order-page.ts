// An order as its page shows it: the facts, where it stands, its payment and its history.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { OrderState } from "../../domain/order/lifecycle"
import type { PaymentError } from "../../domain/order/payment-event"
import type { ProductionOrderRow } from "../../modules/personalization_production/types"
import { toAmount } from "../catalog/money"
import { currentAttempt } from "../payments/attempts"
import { production } from "../services"
import { buildOrderView, type OrderItemView } from "./order-view"

export type OrderSummary = {
  orderId: string
  display_id: number | null
  status: OrderState
  createdAt: string
  trackingUrl?: string
  trackingNumber?: string
  hold?: { reason: string; at: string }
  currency_code: string
  /** Major units. */
  total: number
}

export type OrderPage = OrderSummary & {
  items: OrderItemView[]
  payment: {
    /** The state of the attempt that counts; `succeeded` when there was nothing to pay, `none` when nothing was asked for yet. */
    status: string
    /** How many payments have been started. */
    attempts: number
    last_error?: PaymentError
  }
  history: { status: OrderState; at: string }[]
}

/** What lists show of an order. */
export function orderSummary(record: ProductionOrderRow): OrderSummary {
  return {
    orderId: record.order_id,
    display_id: record.display_id,
    status: record.status,
    createdAt: new Date(record.created_at).toISOString(),
    ...(record.tracking_url ? { trackingUrl: record.tracking_url } : {}),
    ...(record.tracking_number ? { trackingNumber: record.tracking_number } : {}),
    ...(record.hold_at
      ? { hold: { reason: record.hold_reason ?? "", at: new Date(record.hold_at).toISOString() } }
      : {}),
    currency_code: record.currency_code,
    total: toAmount(record.total, record.currency_code),
  }
}

/** The whole page of an order. */
export async function buildOrderPage(
  container: MedusaContainer,
  record: ProductionOrderRow
): Promise<OrderPage> {
  const service = production(container)
  const [view, attempts, history] = await Promise.all([
    buildOrderView(container, record.order_id),
    service.listPaymentAttempts({ order_id: record.order_id }, { order: { created_at: "DESC" } }),
    service.listProductionHistories(
      { production_order_id: record.id },
      { order: { version: "ASC" } }
    ),
  ])
  const attempt = currentAttempt(attempts)
  const error = attempt?.last_error as PaymentError | null | undefined
  return {
    ...orderSummary(record),
    items: view.items,
    payment: {
      status: attempt?.state ?? (record.status === "created" ? "none" : "succeeded"),
      attempts: attempts.length,
      ...(error ? { last_error: error } : {}),
    },
    history: history.map(({ status, at }) => ({ status, at: new Date(at).toISOString() })),
  }
}
