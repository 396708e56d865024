// The SQL of dispatching: hand events out to endpoints, claim what is due, write down what came of it.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { wantsEvent } from "../../domain/webhook/event-types"
import { storableText, truncateBytes } from "../../lib/storable"
import type { AttemptReport, StoredSecret } from "./types"

/** How long a claim lasts: well over the 15 s one attempt may take, so that only a crash lets it run out. */
export const CLAIM_SECONDS = 60
/** Attempts under way per endpoint over all processes, roughly: a slow receiver takes no more places than these. */
export const MAX_IN_FLIGHT_PER_ENDPOINT = 4
const MAX_LOGGED_BODY_BYTES = 4096

/** What `claimDue` found, before it is signed. */
export type ClaimRow = {
  id: string
  attempt_id: string
  attempt: number
  event_id: string
  type: string
  order_id: string | null
  sequence: number | null
  data: Record<string, unknown>
  event_created_at: Date | string
  endpoint_id: string
  kind: "internal" | "http"
  url: string | null
  secrets: StoredSecret[]
}

/**
 * Makes the deliveries of events that have none yet, for every enabled endpoint that wants them. Call it in a
 * transaction; dispatchers at the same time take different events.
 * @returns how many events were handed out
 */
export async function fanOut(manager: SqlEntityManager, limit: number): Promise<number> {
  const events: { id: string; type: string }[] = await manager.execute(
    `select id, type from personalization_webhook_event
     where fanned_out_at is null and deleted_at is null
     order by created_at, id limit ? for update skip locked`,
    [limit]
  )
  if (events.length === 0) {
    return 0
  }
  const endpoints: { id: string; events: string[] | null }[] = await manager.execute(
    `select id, events from personalization_webhook_endpoint where enabled and deleted_at is null`
  )
  const deliveries = events.flatMap((event) =>
    endpoints
      .filter((endpoint) => wantsEvent(endpoint.events, event.type))
      .map((endpoint) => ({
        id: generateEntityId(undefined, "pdlv"),
        event_id: event.id,
        endpoint_id: endpoint.id,
      }))
  )
  await manager.execute(
    `insert into personalization_webhook_delivery (id, event_id, endpoint_id, next_attempt_at)
     select id, event_id, endpoint_id, now()
     from jsonb_to_recordset(?::jsonb) as made (id text, event_id text, endpoint_id text)
     on conflict do nothing`,
    [JSON.stringify(deliveries)]
  )
  await manager.execute(
    `update personalization_webhook_event set fanned_out_at = now(), updated_at = now()
     where id in (select jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(events.map((event) => event.id))]
  )
  return events.length
}

/**
 * Claims deliveries that are due and writes a log row for each attempt, before anything is sent. Call it in a
 * transaction; dispatchers at the same time get different deliveries.
 */
export async function claimDue(manager: SqlEntityManager, limit: number): Promise<ClaimRow[]> {
  const due: { id: string }[] = await manager.execute(
    `select due.id from personalization_webhook_endpoint e
     cross join lateral (
       select d.id, d.next_attempt_at from personalization_webhook_delivery d
       where d.endpoint_id = e.id and d.next_attempt_at <= now()
         and (d.claimed_until is null or d.claimed_until <= now())
       order by d.next_attempt_at
       limit greatest(0, ? - (
         select count(*) from personalization_webhook_delivery c
         where c.endpoint_id = e.id and c.claimed_until > now()))
       for update skip locked
     ) due
     where e.enabled and e.deleted_at is null
     order by due.next_attempt_at limit ?`,
    [MAX_IN_FLIGHT_PER_ENDPOINT, limit]
  )
  if (due.length === 0) {
    return []
  }
  const claims = JSON.stringify(
    due.map(({ id }) => ({ id, attempt_id: generateEntityId(undefined, "pwat") }))
  )
  // Whoever claimed one of these before went down without a word; its log row must not stay open.
  await manager.execute(
    `update personalization_webhook_attempt
     set state = 'failed', error = 'interrupted', error_stage = 'unknown', updated_at = now()
     where state = 'pending' and delivery_id in (select id from jsonb_to_recordset(?::jsonb) as c (id text))`,
    [claims]
  )
  const rows: ClaimRow[] = await manager.execute(
    `with claimed as (
       update personalization_webhook_delivery d
       set attempts = d.attempts + 1, claim_id = c.attempt_id,
           claimed_until = now() + make_interval(secs => ?), updated_at = now()
       from jsonb_to_recordset(?::jsonb) as c (id text, attempt_id text)
       where d.id = c.id
       returning d.id, d.claim_id as attempt_id, d.attempts as attempt, d.event_id, d.endpoint_id
     )
     select claimed.*, v.type, v.order_id, v.sequence, v.data, v.created_at as event_created_at, e.kind, e.url, e.secrets
     from claimed
     join personalization_webhook_event v on v.id = claimed.event_id
     join personalization_webhook_endpoint e on e.id = claimed.endpoint_id`,
    [CLAIM_SECONDS, claims]
  )
  const log = rows.map((row) => ({
    id: row.attempt_id,
    delivery_id: row.id,
    event_id: row.event_id,
    endpoint_id: row.endpoint_id,
    event: row.type,
    order_id: row.order_id,
    url: row.url ?? row.kind,
    attempt: row.attempt,
  }))
  await manager.execute(
    `insert into personalization_webhook_attempt
       (id, delivery_id, event_id, endpoint_id, event, order_id, url, attempt, state, sent_at)
     select id, delivery_id, event_id, endpoint_id, event, order_id, url, attempt, 'pending', clock_timestamp()
     from jsonb_to_recordset(?::jsonb) as log (id text, delivery_id text, event_id text, endpoint_id text,
       event text, order_id text, url text, attempt integer)`,
    [JSON.stringify(log)]
  )
  return rows
}

/** Writes down what came of an attempt. Call it in a transaction. */
export async function settle(
  manager: SqlEntityManager,
  claim: { id: string; attempt_id: string; endpoint_id: string },
  report: AttemptReport
): Promise<void> {
  const { state, retry_in, disable_endpoint } = report.verdict
  const body = report.response_body
  await manager.execute(
    `update personalization_webhook_attempt
     set state = ?, response_status = ?, response_body = ?, error = ?, error_stage = ?, duration_ms = ?,
         next_attempt_at = now() + make_interval(secs => ?::float8), updated_at = now()
     where id = ?`,
    [
      state,
      report.response_status,
      body === null ? null : truncateBytes(storableText(body), MAX_LOGGED_BODY_BYTES),
      report.error === null ? null : storableText(report.error),
      report.error_stage,
      report.duration_ms,
      retry_in,
      claim.attempt_id,
    ]
  )
  // A claim that ran out belongs to somebody else now, but a success is one whoever reports it.
  await manager.execute(
    `update personalization_webhook_delivery
     set state = ?, next_attempt_at = now() + make_interval(secs => ?::float8),
         claim_id = null, claimed_until = null, updated_at = now()
     where id = ? and state <> 'succeeded' and (claim_id = ? or ?)`,
    [state, retry_in, claim.id, claim.attempt_id, state === "succeeded"]
  )
  if (disable_endpoint) {
    await manager.execute(
      `update personalization_webhook_endpoint
       set enabled = false, disabled_reason = 'gone', disabled_at = now(), updated_at = now()
       where id = ? and enabled`,
      [claim.endpoint_id]
    )
  }
}
