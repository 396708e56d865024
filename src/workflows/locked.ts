// Work that only one request at a time may do.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { AppError } from "../lib/errors"

/** What a caller reads when somebody else holds the lock for too long. */
export type Busy = { code: string; message: string }

/**
 * Runs work under a lock; an error of the work itself goes through.
 * @param timeout seconds to wait for the lock
 * @throws AppError 503 with the code of `busy` when the lock was not free in time.
 */
export async function locked<T>(
  container: MedusaContainer,
  key: string,
  timeout: number,
  busy: Busy,
  work: () => Promise<T>
): Promise<T> {
  let entered = false
  try {
    return await container.resolve(Modules.LOCKING).execute(
      key,
      () => {
        entered = true
        return work()
      },
      { timeout }
    )
  } catch (error) {
    if (entered) {
      throw error
    }
    throw new AppError("unavailable", busy.code, busy.message, { headers: { "Retry-After": "5" } })
  }
}

/**
 * Runs a workflow that takes a lock by Medusa's steps, whose error for a lock that was not free in time says so in words
 * only; workflows hand errors on as plain objects. Any other error goes through.
 * @throws AppError 503 with the code of `busy` and `Retry-After`.
 */
export async function orBusy<T>(busy: Busy, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { message = "" } = error as { message?: string }
    if (/acquire lock|acquiring lock/i.test(message)) {
      throw new AppError("unavailable", busy.code, busy.message, {
        headers: { "Retry-After": "1" },
      })
    }
    throw error
  }
}
