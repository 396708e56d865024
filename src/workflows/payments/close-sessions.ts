// Closes payment sessions: canceled at their provider, then deleted, so that nobody can pay them any more.
import type { MedusaContainer, PaymentSessionDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { AppError, conflict } from "../../lib/errors"
import { errorText } from "../orders/error-text"
import { production } from "../services"
import { isOpen } from "./attempts"

/** A session as Medusa has it; `payment` is there once money was reserved or taken. */
export type OpenSession = Pick<PaymentSessionDTO, "id" | "data" | "payment">

/** The code of the answer when an order's money is on its way. */
export const PAYMENT_IN_PROGRESS = "payment_in_progress"

/** The code with which the plugin's providers refuse to cancel a payment that was paid. */
const PAID_CODE = "payment_closed"

/** The answer when a provider could not start or close a payment. */
export function providerFailed(): AppError {
  return new AppError(
    "bad_gateway",
    "payment_provider_failed",
    "The payment provider could not do this now. Try again, or choose another way to pay."
  )
}

/** The answer when an order's money is on its way. */
export function paymentInProgress(): AppError {
  return conflict(
    PAYMENT_IN_PROGRESS,
    "The payment before has just been paid. Look at the order again."
  )
}

/** All sessions that payment collections have now. */
export async function listSessions(
  container: MedusaContainer,
  collectionIds: string[]
): Promise<OpenSession[]> {
  return collectionIds.length > 0
    ? container
        .resolve(Modules.PAYMENT)
        .listPaymentSessions({ payment_collection_id: collectionIds }, { relations: ["payment"] })
    : []
}

/**
 * Closes sessions one after the other; those closed before a failure stay closed, for none of them may be paid.
 * @throws AppError 409 `payment_in_progress` when one has been paid; 502 `payment_provider_failed`.
 */
export async function closeSessions(
  container: MedusaContainer,
  sessions: OpenSession[]
): Promise<void> {
  const payments = container.resolve(Modules.PAYMENT)
  for (const { id } of sessions) {
    await payments.deletePaymentSession(id).catch((error: unknown) => {
      if (codeOf(error) === PAID_CODE) {
        throw paymentInProgress()
      }
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(`personalization: payment session ${id} was not closed: ${errorText(error)}`)
      throw providerFailed()
    })
  }
}

/**
 * Closes every session of an order that has no payment yet, whoever started it, and then the order's open attempts.
 * Sessions with a payment are left to Medusa's cancel, which refunds them. Call it under the order's payment lock.
 * @throws AppError see `closeSessions`; the attempts stay open then.
 */
export async function closeOrderPayments(
  container: MedusaContainer,
  order: { id: string; payment_collections: { id: string }[] | null }
): Promise<void> {
  const collectionIds = (order.payment_collections ?? []).map(({ id }) => id)
  const sessions = await listSessions(container, collectionIds)
  await closeSessions(
    container,
    sessions.filter(({ payment }) => !payment)
  )
  const service = production(container)
  const attempts = await service.listPaymentAttempts({ order_id: order.id })
  await service.closeAttempts({
    ids: attempts.filter(isOpen).map(({ id }) => id),
    state: "canceled",
  })
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined
}
