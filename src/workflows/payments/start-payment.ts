// Asks a provider for a payment: the attempt is written first, then the provider is called, then its answer is kept.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  createPaymentSessionsWorkflow,
  deletePaymentSessionsWorkflow,
} from "@medusajs/medusa/core-flows"
import { AppError } from "../../lib/errors"
import type {
  PaymentAttemptRow,
  PaymentHandoff,
} from "../../modules/personalization_production/types"
import { toDecimal } from "../catalog/money"
import { errorText } from "../orders/error-text"
import { production } from "../orders/services"

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
 * Starts a payment on a collection; sessions it had before are canceled at their provider and deleted.
 * @throws AppError 502 `payment_provider_failed`; the attempt stays behind as canceled, with the reason.
 */
export async function startPayment(
  container: MedusaContainer,
  input: StartPaymentInput
): Promise<StartedPayment> {
  const service = production(container)
  const { payment_collection: collection } = input
  const attempt = await service.createPaymentAttempts({
    order_id: input.order_id,
    checkout_id: input.checkout_id,
    provider_id: input.provider_id,
    amount: toDecimal(collection.amount, collection.currency_code),
    currency_code: collection.currency_code,
  })
  try {
    const { result: session } = await createPaymentSessionsWorkflow(container).run({
      input: {
        payment_collection_id: collection.id,
        provider_id: input.provider_id,
        data: {
          attempt_id: attempt.id,
          ...(input.return_url ? { return_url: input.return_url } : {}),
          ...(input.cancel_url ? { cancel_url: input.cancel_url } : {}),
        },
      },
    })
    const handoff = handoffOf(session.data)
    await service.recordAttemptAnswer({
      attempt_id: attempt.id,
      payment_session_id: session.id,
      external_id: textOrNull(session.data?.id),
      handoff,
    })
    return { attempt_id: attempt.id, session_id: session.id, handoff }
  } catch (error) {
    await abandon(container, attempt.id, error)
    throw new AppError(
      "bad_gateway",
      "payment_provider_failed",
      "The payment provider could not start the payment. Try again, or choose another way to pay."
    )
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

/** Closes attempts that can no longer be paid because their session was canceled at the provider. */
export async function supersedeAttempts(
  container: MedusaContainer,
  attempts: PaymentAttemptRow[]
): Promise<void> {
  await production(container).closeAttempts({
    ids: attempts.map(({ id }) => id),
    state: "superseded",
  })
}

async function abandon(
  container: MedusaContainer,
  attemptId: string,
  error: unknown
): Promise<void> {
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .error(`personalization payment attempt ${attemptId} was not started: ${errorText(error)}`)
  const service = production(container)
  await service.recordAttemptFailure({
    attempt_id: attemptId,
    error: { code: "payment_provider_failed", message: "The payment could not be started." },
  })
  await service.closeAttempts({ ids: [attemptId], state: "canceled" })
}

function handoffOf(data: Record<string, unknown> | undefined): PaymentHandoff {
  const url = textOrNull(data?.url)
  const secret = textOrNull(data?.client_secret)
  return { ...(url ? { url } : {}), ...(secret ? { client_secret: secret } : {}) }
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null
}
