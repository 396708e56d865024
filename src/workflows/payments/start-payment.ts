// Asks a provider for a payment: the attempt is written first, then the provider is called, then its answer is kept.
import type { BigNumberInput, MedusaContainer, PaymentSessionDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { deletePaymentSessionsWorkflow } from "@medusajs/medusa/core-flows"
import { toAppError } from "../../lib/errors"
import type { PaymentHandoff } from "../../modules/personalization_production/types"
import { toDecimal } from "../catalog/money"
import { errorText } from "../orders/error-text"
import { production } from "../services"
import { closeSessions, listSessions, PAYMENT_IN_PROGRESS, providerFailed } from "./close-sessions"

export type StartPaymentInput = {
  payment_collection: { id: string; amount: BigNumberInput; currency_code: string }
  provider_id: string
  checkout_id: string | null
  order_id: string | null
  return_url?: string | undefined
  cancel_url?: string | undefined
}

export type StartedPayment = { attempt_id: string; session_id: string; handoff: PaymentHandoff }

/**
 * Starts a payment on a collection; sessions it had before are then canceled at their provider and deleted. They come
 * last, so that a provider which is down does not cost the customer the payment that works. Nobody is told of the new
 * one before they are closed, so that never two can be paid.
 * @throws AppError 502 `payment_provider_failed`, 409 `payment_in_progress` when one before has been paid; the attempt
 *   stays behind as canceled, with the reason.
 */
export async function startPayment(
  container: MedusaContainer,
  input: StartPaymentInput
): Promise<StartedPayment> {
  const service = production(container)
  const { payment_collection: collection } = input
  const before = await listSessions(container, [collection.id])
  const attempt = await service.createPaymentAttempts({
    order_id: input.order_id,
    checkout_id: input.checkout_id,
    provider_id: input.provider_id,
    amount: toDecimal(collection.amount, collection.currency_code),
    currency_code: collection.currency_code,
  })
  let session: PaymentSessionDTO | undefined
  try {
    session = await container.resolve(Modules.PAYMENT).createPaymentSession(collection.id, {
      provider_id: input.provider_id,
      currency_code: collection.currency_code,
      amount: collection.amount,
      data: {
        attempt_id: attempt.id,
        ...(input.return_url ? { return_url: input.return_url } : {}),
        ...(input.cancel_url ? { cancel_url: input.cancel_url } : {}),
      },
    })
    const handoff = handoffOf(session.data)
    await service.recordAttemptAnswer({
      attempt_id: attempt.id,
      payment_session_id: session.id,
      external_id: textOrNull(session.data?.id),
      handoff,
    })
    await closeSessions(container, before)
    return { attempt_id: attempt.id, session_id: session.id, handoff }
  } catch (error) {
    await abandon(container, { attempt_id: attempt.id, session_id: session?.id }, error)
    throw toAppError(error)?.code === PAYMENT_IN_PROGRESS ? error : providerFailed()
  }
}

/** Takes a started payment back: canceled at the provider, its session gone, its attempt closed. */
export async function undoPayment(
  container: MedusaContainer,
  started: StartedPayment
): Promise<void> {
  const payments = container.resolve(Modules.PAYMENT)
  const [session] = await payments.listPaymentSessions({ id: started.session_id })
  if (session) {
    await deletePaymentSessionsWorkflow(container).run({ input: { ids: [session.id] } })
  }
  await production(container).closeAttempts({ ids: [started.attempt_id], state: "canceled" })
}

async function abandon(
  container: MedusaContainer,
  started: { attempt_id: string; session_id: string | undefined },
  error: unknown
): Promise<void> {
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const { attempt_id, session_id } = started
  logger.error(`personalization payment attempt ${attempt_id} was not started: ${errorText(error)}`)
  if (session_id) {
    // What is left of it is closed with the order's next change of payments; nobody was told how to pay it.
    await container
      .resolve(Modules.PAYMENT)
      .deletePaymentSession(session_id)
      .catch((fault: unknown) => {
        logger.error(`personalization: session ${session_id} was not closed: ${errorText(fault)}`)
      })
  }
  const service = production(container)
  await service.recordAttemptFailure({
    attempt_id,
    error: { code: "payment_provider_failed", message: "The payment could not be started." },
  })
  await service.closeAttempts({ ids: [attempt_id], state: "canceled" })
}

/** What the customer pays with, out of what the provider answered to a session. */
export function handoffOf(data: Record<string, unknown> | null | undefined): PaymentHandoff {
  const url = textOrNull(data?.url)
  const secret = textOrNull(data?.client_secret)
  return { ...(url ? { url } : {}), ...(secret ? { client_secret: secret } : {}) }
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null
}
