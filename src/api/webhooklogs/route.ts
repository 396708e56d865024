// GET /webhooklogs: every attempt to deliver a webhook, the newest first.
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../../modules/personalization_webhook"
import { handle } from "../standalone/handle"
import { webhookLogsQuery, type WebhookLogsQuery } from "./validators"

/** Answers `{ webhooklogs, count, limit, offset }`; `count` is that of all rows the filters match. */
export const GET = handle({ query: webhookLogsQuery }, async ({ scope, query }) => {
  const service = scope.resolve<PersonalizationWebhookModuleService>(PERSONALIZATION_WEBHOOK_MODULE)
  const { limit, offset } = query
  const [rows, count] = await service.listAndCountPersonalizationWebhookAttempts(toFilters(query), {
    skip: offset,
    take: limit,
    // Ids begin with the time, so this is the newest first, in one fixed order.
    order: { id: "DESC" },
  })
  return { body: { webhooklogs: rows.map(toLog), count, limit, offset } }
})

function toFilters({
  limit: _limit,
  offset: _offset,
  before,
  from,
  to,
  ...equal
}: WebhookLogsQuery) {
  const given = Object.entries(equal).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(given),
    ...(before ? { id: { $lt: before } } : {}),
    ...(from || to
      ? { sent_at: { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) } }
      : {}),
  }
}

type Attempt = Awaited<
  ReturnType<PersonalizationWebhookModuleService["listPersonalizationWebhookAttempts"]>
>[number]

function toLog(row: Attempt) {
  return {
    id: row.id,
    event: row.event,
    event_id: row.event_id,
    endpoint_id: row.endpoint_id,
    url: row.url,
    order_id: row.order_id,
    attempt: row.attempt,
    response_status: row.response_status,
    response_body: row.response_body,
    error: row.error,
    error_stage: row.error_stage,
    duration_ms: row.duration_ms,
    sent_at: row.sent_at,
    next_attempt_at: row.next_attempt_at,
    state: row.state,
  }
}
