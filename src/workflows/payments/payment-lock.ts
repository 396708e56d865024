// The lock on an order's payments: whoever starts or closes one holds it.
import type { MedusaContainer } from "@medusajs/framework/types"
import { locked } from "../locked"

/** Seconds to wait for the lock; a change of payments takes well under one. */
const LOCK_TIMEOUT_SECONDS = 10

/** Runs work on an order's payments alone. @throws AppError 503 `payment_busy` when others take too long. */
export function withPaymentLock<T>(
  container: MedusaContainer,
  orderId: string,
  work: () => Promise<T>
): Promise<T> {
  return locked(
    container,
    `personalization-payment:${orderId}`,
    LOCK_TIMEOUT_SECONDS,
    { code: "payment_busy", message: "The order's payment is being changed right now." },
    work
  )
}
