// What a receiver's answer means for a delivery.

/**
 * - `succeeded`: the receiver has it.
 * - `retry`: it has not; try again later. Redirects are in here: they are never followed.
 * - `gone`: the receiver wants nothing more; its endpoint is disabled.
 */
export type ResponseVerdict = "succeeded" | "retry" | "gone"

/** Classifies an HTTP status as the Standard Webhooks specification does: 2xx succeeded, 410 gone, the rest failed. */
export function classifyStatus(status: number): ResponseVerdict {
  if (status >= 200 && status < 300) {
    return "succeeded"
  }
  return status === 410 ? "gone" : "retry"
}

/**
 * The wait a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or an HTTP date).
 * @returns seconds from `now`, never negative; null when there is no header or it says nothing
 */
export function parseRetryAfter(value: string | undefined, now: Date): number | null {
  const text = value?.trim()
  if (!text) {
    return null
  }
  if (/^\d{1,9}$/.test(text)) {
    return Number(text)
  }
  // Only the form that RFC 9110 tells senders to use; Date.parse alone would take nearly anything.
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) {
    return null
  }
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000))
}
