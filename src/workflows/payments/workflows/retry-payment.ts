// Gives an order that is not paid yet a fresh payment, in place of the one before.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { conflict, invalidField, notFound } from "../../../lib/errors"
import type { PaymentAttemptRow } from "../../../modules/personalization_production/types"
import { resolveProvider } from "../../checkout/cart-record"
import { isAllowedUrl } from "../../checkout/plan-checkout"
import type { PaymentAnswer } from "../../checkout/types"
import { production } from "../../services"
import { currentAttempt, hasSession, isOpen } from "../attempts"
import { listSessions, paymentInProgress } from "../close-sessions"
import { withPaymentLock } from "../payment-lock"
import { isDeferredProvider } from "../providers"
import { startPayment } from "../start-payment"

export type RetryPaymentInput = {
  order_id: string
  /** Another way to pay; the last one when left out. */
  provider?: string | undefined
  return_url?: string | undefined
  cancel_url?: string | undefined
}

type OrderPayments = {
  providers: string[]
  collection: { id: string; amount: number; currency_code: string }
}

const retryPersonalizationPaymentStep = createStep(
  "retry-personalization-payment",
  async (input: RetryPaymentInput, { container }) => {
    const payment = await withPaymentLock(container, input.order_id, () =>
      retryPayment(container, input)
    )
    return new StepResponse(payment)
  }
)

/**
 * Starts a new payment for an order in state `created` and closes the one before at its provider, so that never two
 * can be paid.
 * @throws AppError 404 `order_not_found`; 409 `order_not_payable`, `payment_in_progress`; 400
 *   `unknown_payment_provider`, `origin_not_allowed`; 502 `payment_provider_failed`; 503 `payment_busy`. The payment
 *   before can still be paid then, unless its provider has closed it.
 */
export const retryPersonalizationPaymentWorkflow = createWorkflow(
  "retry-personalization-payment",
  (input: RetryPaymentInput) => new WorkflowResponse(retryPersonalizationPaymentStep(input))
)

async function retryPayment(
  container: MedusaContainer,
  input: RetryPaymentInput
): Promise<PaymentAnswer> {
  const service = production(container)
  const [order] = await service.listProductionOrders({ order_id: input.order_id }, { take: 1 })
  if (!order) {
    throw notFound("order")
  }
  if (order.status !== "created") {
    throw conflict("order_not_payable", `The order is ${order.status}: there is nothing to pay.`)
  }
  for (const field of ["return_url", "cancel_url"] as const) {
    const url = input[field]
    if (url !== undefined && !isAllowedUrl(container, url)) {
      throw invalidField(
        [field],
        "origin_not_allowed",
        `${field} must be an http(s) address on one of the store's origins.`
      )
    }
  }
  const attempts = await service.listPaymentAttempts(
    { order_id: input.order_id },
    { order: { created_at: "DESC" } }
  )
  const { providers, collection } = await readPayments(container, input.order_id)
  // Money that was reserved or taken already; the order just does not show it yet.
  const before = await listSessions(container, [collection.id])
  if (before.some(({ payment }) => payment && !payment.canceled_at)) {
    throw paymentInProgress()
  }
  const provider = resolveProvider(
    providers,
    input.provider ?? currentAttempt(attempts)?.provider_id ?? ""
  )
  if (!provider) {
    throw invalidField(
      ["provider"],
      "unknown_payment_provider",
      `provider must be one of ${providers.join(", ")}.`,
      { allowed: providers }
    )
  }
  const open = attempts.filter(isOpen)
  const started = await startPayment(container, {
    payment_collection: collection,
    provider_id: provider,
    checkout_id: order.checkout_id,
    order_id: order.order_id,
    return_url: input.return_url,
    cancel_url: input.cancel_url,
  }).catch(async (error: unknown) => {
    const left = await listSessions(container, [collection.id])
    await supersede(
      container,
      open.filter((attempt) => !hasSession(attempt, left))
    )
    throw error
  })
  await supersede(container, open)
  return { provider, ...started.handoff }
}

async function readPayments(container: MedusaContainer, orderId: string): Promise<OrderPayments> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: [
      "region.payment_providers.id",
      "payment_collections.id",
      "payment_collections.amount",
      "payment_collections.currency_code",
    ],
    filters: { id: orderId },
  })
  const [order] = data as unknown as {
    region: { payment_providers: { id: string }[] | null } | null
    payment_collections: OrderPayments["collection"][] | null
  }[]
  const collection = order?.payment_collections?.[0]
  if (!collection) {
    throw conflict("order_not_payable", "The order has no payment to retry.")
  }
  return {
    providers: (order?.region?.payment_providers ?? [])
      .map(({ id }) => id)
      .filter(isDeferredProvider),
    collection,
  }
}

/** Closes attempts that can no longer be paid because their session is gone. */
async function supersede(container: MedusaContainer, attempts: PaymentAttemptRow[]): Promise<void> {
  await production(container).closeAttempts({
    ids: attempts.map(({ id }) => id),
    state: "superseded",
  })
}
