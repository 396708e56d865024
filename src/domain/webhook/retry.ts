// When a failed delivery is tried again.

const MINUTE = 60
const HOUR = 60 * MINUTE

/**
 * Seconds to wait after the 1st, 2nd, ... failed attempt: the example schedule of the Standard Webhooks
 * specification, ten attempts over a good three days.
 */
export const RETRY_DELAYS_SECONDS: readonly number[] = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

/** How often a delivery is tried before it is dead. */
export const MAX_ATTEMPTS = RETRY_DELAYS_SECONDS.length + 1

/** The longest wait a receiver can ask for with `Retry-After`, in seconds. */
export const MAX_RETRY_AFTER_SECONDS = 24 * HOUR

/** The share of a delay that jitter may add; it only adds, so the schedule never gets shorter. */
const JITTER = 0.2

/**
 * Seconds from a failed attempt to the next one.
 *
 * @param attempt the attempt that failed, from 1
 * @param retryAfter what the receiver asked for, in seconds; the longer of it and the schedule counts, up to a day
 * @param random a number from 0 to 1 for the jitter, which keeps deliveries that failed together from coming back together
 * @returns null when that was the last attempt
 */
export function retryDelay(
  attempt: number,
  retryAfter: number | null,
  random: number
): number | null {
  const scheduled = RETRY_DELAYS_SECONDS[attempt - 1]
  if (scheduled === undefined) {
    return null
  }
  const wait = Math.max(scheduled, Math.min(retryAfter ?? 0, MAX_RETRY_AFTER_SECONDS))
  return wait * (1 + JITTER * random)
}
