// A product's lock: one change of a product through the catalog's writes at a time. Processes wait for each other only
// when they share Medusa's locking provider, such as Redis; its default one knows its own process alone.
import { orBusy } from "../locked"
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
  const message = "The product is being changed; try again."
  try {
    return await orBusy({ code: "product_busy", message }, work)
  } catch (error) {
    throw duplicateOf(error)
  }
}
