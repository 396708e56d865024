// Refuses who has asked for too much, at both doors.
import type { IncomingMessage } from "node:http"
import { clientAddress, compileProxies, type TrustedProxies } from "../../lib/client-address"
import { AppError } from "../../lib/errors"
import type { PersonalizationOptions } from "../../lib/options"
import type { LimitedAction } from "../../lib/rate-limit-options"
import type { LimitedSubject } from "../../lib/rate-limits"
import { personalization } from "../../workflows/services"
import type { VisitorCall } from "./visitor"

const compiled = new WeakMap<PersonalizationOptions, TrustedProxies>()

/**
 * Counts a request by its address: before anything is read for it.
 * @throws AppError 429 `rate_limited` with `Retry-After`
 */
export async function limitAddress(call: VisitorCall, action: LimitedAction): Promise<void> {
  await limit(call, action, { address: addressOf(call.req, call.options) })
}

/**
 * Counts a request by its visitor.
 * @param visitor whatever names them, an id or a hash
 * @throws AppError 429 `rate_limited` with `Retry-After`
 */
export async function limitVisitor(
  call: VisitorCall,
  action: LimitedAction,
  visitor: string
): Promise<void> {
  await limit(call, action, { visitor })
}

async function limit(
  { scope }: VisitorCall,
  action: LimitedAction,
  subject: LimitedSubject
): Promise<void> {
  const refusal = await personalization(scope).rateLimits.count(action, subject)
  if (refusal) {
    const { limit, window_seconds, retry_after_seconds } = refusal
    const message = `Too many ${action}: at most ${limit} in ${window_seconds} seconds.`
    const issue = { path: [], code: "rate_limited", message, params: { limit, window_seconds } }
    throw new AppError("too_many_requests", "rate_limited", message, {
      issues: [issue],
      headers: { "Retry-After": String(retry_after_seconds) },
    })
  }
}

function addressOf(req: IncomingMessage, options: PersonalizationOptions): string {
  let trusted = compiled.get(options)
  if (!trusted) {
    trusted = compileProxies(options.trusted_proxies)
    compiled.set(options, trusted)
  }
  return clientAddress(req, trusted)
}
