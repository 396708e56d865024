// The cart's lock: one change of a cart at a time, in every process.
import { AppError } from "../../lib/errors"

/** Seconds to wait for a cart's lock, and after which a lost lock ends by itself. */
export const CART_LOCK = { timeout: 10, ttl: 30 }

/**
 * Runs a workflow that takes a cart's lock.
 * @throws AppError 503 `cart_busy` with `Retry-After` when the lock was not to be had in time.
 */
export async function withCartLock<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // Medusa's locking module says so in words only, and workflows hand errors on as plain objects.
    const { message = "" } = error as { message?: string }
    if (/acquire lock|acquiring lock/i.test(message)) {
      throw new AppError("unavailable", "cart_busy", "The cart is being changed; try again.", {
        headers: { "Retry-After": "1" },
      })
    }
    throw error
  }
}
