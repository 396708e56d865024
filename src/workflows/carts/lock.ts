// The cart's lock: one change of a cart at a time, in every process that shares Medusa's locking provider.
import { orBusy } from "../locked"

/** Seconds to wait for a cart's lock, and after which a lost lock ends by itself. */
export const CART_LOCK = { timeout: 10, ttl: 30 }

/**
 * Runs a workflow that takes a cart's lock.
 * @throws AppError 503 `cart_busy` with `Retry-After` when the lock was not to be had in time.
 */
export function withCartLock<T>(work: () => Promise<T>): Promise<T> {
  return orBusy({ code: "cart_busy", message: "The cart is being changed; try again." }, work)
}
