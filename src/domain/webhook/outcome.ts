// What becomes of a delivery after an attempt.
import { classifyStatus, parseRetryAfter } from "./response"
import { retryDelay } from "./retry"

/** What came of an attempt: the receiver's answer, or the reason why there is none. */
export type AttemptResult =
  { ok: true; status: number; retry_after: string | undefined } | { ok: false }

export type AttemptVerdict = {
  /** The delivery's state from now on. */
  state: "succeeded" | "failed" | "dead"
  /** Seconds until the next attempt; null when there is none. */
  retry_in: number | null
  /** The receiver wants nothing more: disable its endpoint. */
  disable_endpoint: boolean
}

/**
 * Decides after an attempt.
 * @param attempt which one it was, from 1
 * @param random a number from 0 to 1, see `retryDelay`
 */
export function judgeAttempt(
  attempt: number,
  result: AttemptResult,
  now: Date,
  random: number
): AttemptVerdict {
  const verdict = result.ok ? classifyStatus(result.status) : "retry"
  if (verdict === "succeeded") {
    return { state: "succeeded", retry_in: null, disable_endpoint: false }
  }
  if (verdict === "gone") {
    return { state: "dead", retry_in: null, disable_endpoint: true }
  }
  const retryAfter = result.ok ? parseRetryAfter(result.retry_after, now) : null
  const delay = retryDelay(attempt, retryAfter, random)
  return { state: delay === null ? "dead" : "failed", retry_in: delay, disable_endpoint: false }
}
