// An option set's lock: one change of a set at a time. Processes wait for each other only when they share Medusa's
// locking provider, such as Redis; between others the database decides, and the later one reads `option_set_changed`.
import { orBusy } from "../locked"

/** Seconds to wait for a set's lock, and after which a lost lock ends by itself. */
export const OPTION_SET_LOCK = { timeout: 10, ttl: 60 }

/** The key of a set's lock. */
export function optionSetLockKey(id: string): string {
  return `personalization-option-set:${id}`
}

/** Runs a change of a set. @throws AppError 503 `option_set_busy` when its lock was not to be had in time. */
export function withOptionSetLock<T>(work: () => Promise<T>): Promise<T> {
  const message = "The option set is being changed; try again."
  return orBusy({ code: "option_set_busy", message }, work)
}
