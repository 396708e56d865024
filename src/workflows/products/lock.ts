// A product's lock: one change of a product through the catalog's writes at a time, in every process.
import { AppError } from "../../lib/errors"
import { duplicateOf } from "./duplicates"

/** Seconds to wait for a product's lock, and after which a lost lock ends by itself. */
export const PRODUCT_LOCK = { timeout: 10, ttl: 60 }

/** The key of a product's lock. */
export function productLockKey(id: string): string {
  return `personalization-product:${id}`
}

/**
 * Runs one of the catalog's workflows.
 * @throws AppError 503 `product_busy` with `Retry-After` when the product's lock was not to be had in time; 422
 *   `duplicate_handle` or `duplicate_sku` when another write took the name first.
 */
export async function withProductErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // Medusa's locking module says so in words only, and workflows hand errors on as plain objects.
    const { message = "" } = error as { message?: string }
    if (/acquire lock|acquiring lock/i.test(message)) {
      throw new AppError(
        "unavailable",
        "product_busy",
        "The product is being changed; try again.",
        {
          headers: { "Retry-After": "1" },
        }
      )
    }
    throw duplicateOf(error)
  }
}
