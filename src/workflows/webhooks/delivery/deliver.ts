// One attempt at a delivery: send it, judge the answer, write it down.
import type { Logger } from "@medusajs/framework/types"
import { judgeAttempt } from "../../../domain/webhook/outcome"
import type { WebhookHeaders } from "../../../domain/webhook/signature"
import type { EgressResult } from "../../../lib/egress"
import { AppError } from "../../../lib/errors"
import type {
  AttemptReport,
  ClaimedDelivery,
  PersonalizationWebhookModuleService,
} from "../../../modules/personalization_webhook"
import { receiveFulfillment } from "../receive"

const USER_AGENT = "medusa-plugin-personalization"

/**
 * Makes the attempt that was claimed. A receiver's failure is written down, not thrown.
 * @returns seconds until the next attempt, null when there is none
 * @throws when the outcome cannot be written down; the claim then runs out and the delivery comes again
 */
export async function deliver(
  service: PersonalizationWebhookModuleService,
  logger: Logger,
  delivery: ClaimedDelivery
): Promise<number | null> {
  const result = await send(service, delivery)
  const report = toReport(delivery.attempt, result)
  await service.settleAttempt(delivery, report)
  logger.info(`personalization webhook attempt ${JSON.stringify(logLine(delivery, report))}`)
  return report.verdict.retry_in
}

async function send(
  service: PersonalizationWebhookModuleService,
  { endpoint, message }: ClaimedDelivery
): Promise<EgressResult> {
  if ("fault" in message) {
    const code = "not_signed"
    return { ok: false, stage: "prepare", code, message: message.fault, duration_ms: 0 }
  }
  if (endpoint.kind === "internal") {
    return await sendWithin(service, message)
  }
  const headers = {
    ...message.headers,
    "content-type": "application/json",
    "user-agent": USER_AGENT,
  }
  return await service.egress.post(endpoint.url, headers, message.body)
}

/** The in-house workshop gets what a partner gets, without a socket; its answer looks like one over HTTP. */
async function sendWithin(
  service: PersonalizationWebhookModuleService,
  message: { headers: WebhookHeaders; body: string }
): Promise<EgressResult> {
  const startedAt = performance.now()
  const answer = await receiveFulfillment(service, message).then(
    () => ({ status: 200, body: JSON.stringify({ received: true }) }),
    (error: unknown) =>
      error instanceof AppError
        ? {
            status: error.status,
            body: JSON.stringify({ code: error.code, message: error.message }),
          }
        : { status: 500, body: JSON.stringify({ message: String(error) }) }
  )
  const duration_ms = Math.round(performance.now() - startedAt)
  return { ok: true, ...answer, headers: {}, truncated: false, duration_ms }
}

function toReport(attempt: number, result: EgressResult): AttemptReport {
  const now = new Date()
  if (result.ok) {
    const { status, headers, body, duration_ms } = result
    const retryAfter = headers["retry-after"]
    const answer = { ok: true as const, status, retry_after: retryAfter }
    const verdict = judgeAttempt(attempt, answer, now, Math.random())
    return {
      verdict,
      response_status: status,
      response_body: body,
      error: verdict.state === "succeeded" ? null : `http_${status}`,
      error_stage: verdict.state === "succeeded" ? null : "response",
      duration_ms,
    }
  }
  return {
    verdict: judgeAttempt(attempt, { ok: false }, now, Math.random()),
    response_status: null,
    response_body: null,
    error: `${result.code}: ${result.message}`,
    error_stage: result.stage,
    duration_ms: result.duration_ms,
  }
}

function logLine(delivery: ClaimedDelivery, report: AttemptReport): Record<string, unknown> {
  const { verdict, response_status, error, error_stage, duration_ms } = report
  return {
    event: delivery.event.type,
    event_id: delivery.event.id,
    order_id: delivery.event.order_id,
    endpoint_id: delivery.endpoint.id,
    attempt_id: delivery.attempt_id,
    attempt: delivery.attempt,
    state: verdict.state,
    response_status,
    error,
    error_stage,
    duration_ms,
    retry_in: verdict.retry_in,
    endpoint_disabled: verdict.disable_endpoint,
  }
}
