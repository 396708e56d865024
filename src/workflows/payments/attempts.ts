// Which of an order's payment attempts counts, and which of them are still open.
import type { PaymentAttemptRow } from "../../modules/personalization_production/types"
import type { OpenSession } from "./close-sessions"

/** Whether an attempt may still bring money. */
export function isOpen({ state }: PaymentAttemptRow): boolean {
  return state === "pending" || state === "failed"
}

/**
 * The attempt that says how the payment stands: the newest that is open or has succeeded, since one that was never
 * started or was taken back says nothing; the newest of all when there is none.
 * @param newestFirst the order's attempts
 */
export function currentAttempt(newestFirst: PaymentAttemptRow[]): PaymentAttemptRow | undefined {
  return (
    newestFirst.find((attempt) => isOpen(attempt) || attempt.state === "succeeded") ??
    newestFirst[0]
  )
}

/** Whether the attempt's session is among those that exist. */
export function hasSession(attempt: PaymentAttemptRow, sessions: OpenSession[]): boolean {
  return sessions.some(
    ({ id, data }) => id === attempt.payment_session_id || data?.attempt_id === attempt.id
  )
}
