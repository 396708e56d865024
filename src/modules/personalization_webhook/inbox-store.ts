// The SQL of the inbox: store once, claim for work, settle.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { storableJson, storableText } from "../../lib/storable"
import type { ReceivedEvent, ReceiveInput, SettleInboxInput } from "./types"

/** How long work on one event owns it; after that it counts as crashed. */
const WORK_SECONDS = 60
/** How often work is begun before an event is left alone as `failed`. */
export const MAX_INBOX_ATTEMPTS = 20

/** Stores a call unless one with that source and id is there; the database decides, so parallel calls store one. */
export async function insertOnce(
  manager: SqlEntityManager,
  input: ReceiveInput
): Promise<ReceivedEvent> {
  const state = input.state ?? "received"
  const [made]: { id: string }[] = await manager.execute(
    `insert into personalization_webhook_inbox
       (id, source, event_id, type, payload, state, received_at, processed_at)
     values (?, ?, ?, ?, ?::jsonb, ?, now(), case when ? = 'received' then null else now() end)
     on conflict do nothing returning id`,
    [
      generateEntityId(undefined, "pwin"),
      input.source,
      input.event_id,
      storableText(input.type),
      storableJson(input.payload),
      state,
      state,
    ]
  )
  if (made) {
    return { id: made.id, duplicate: false }
  }
  const [known]: { id: string }[] = await manager.execute(
    `select id from personalization_webhook_inbox where source = ? and event_id = ?`,
    [input.source, input.event_id]
  )
  if (!known) {
    throw new Error(`The inbox has lost event ${input.event_id} of ${input.source}.`)
  }
  return { id: known.id, duplicate: true }
}

/**
 * Takes an event for work. One that was begun too often without an end is `failed`: it takes its process down with it.
 * @returns null when it is settled already or somebody else works on it
 */
export async function beginWork(
  manager: SqlEntityManager,
  id: string
): Promise<{ source: string; attempts: number } | null> {
  await manager.execute(
    `update personalization_webhook_inbox
     set state = 'failed', error = coalesce(error, 'interrupted'), processed_at = now(), updated_at = now()
     where id = ? and state = 'received' and attempts >= ? and claimed_until <= now()`,
    [id, MAX_INBOX_ATTEMPTS]
  )
  const [taken]: { source: string; attempts: number }[] = await manager.execute(
    `update personalization_webhook_inbox
     set attempts = attempts + 1, claimed_until = now() + make_interval(secs => ?), updated_at = now()
     where id = ? and state = 'received' and (claimed_until is null or claimed_until <= now())
     returning source, attempts`,
    [WORK_SECONDS, id]
  )
  return taken ?? null
}

/** Gives an event back after its work failed; after the last attempt it is `failed` for good. */
export async function giveBack(
  manager: SqlEntityManager,
  id: string,
  error: string
): Promise<void> {
  await manager.execute(
    `update personalization_webhook_inbox
     set claimed_until = null, error = ?, updated_at = now(),
         state = case when attempts >= ? then 'failed' else state end,
         processed_at = case when attempts >= ? then now() else processed_at end
     where id = ? and state = 'received'`,
    [storableText(error), MAX_INBOX_ATTEMPTS, MAX_INBOX_ATTEMPTS, id]
  )
}

/** Ends the work on an event. What is settled stays as it is. */
export async function settleInbox(
  manager: SqlEntityManager,
  id: string,
  { state, error }: SettleInboxInput
): Promise<void> {
  await manager.execute(
    `update personalization_webhook_inbox
     set state = ?, error = ?, claimed_until = null, processed_at = now(), updated_at = now()
     where id = ? and state = 'received'`,
    [state, error === undefined ? null : storableText(error), id]
  )
}

/** Events nobody works on that have waited longer than `seconds`, the oldest first. */
export async function findWaiting(
  manager: SqlEntityManager,
  seconds: number,
  limit: number
): Promise<string[]> {
  const rows: { id: string }[] = await manager.execute(
    `select id from personalization_webhook_inbox
     where state = 'received' and received_at < now() - make_interval(secs => ?)
       and (claimed_until is null or claimed_until <= now())
     order by received_at limit ?`,
    [seconds, limit]
  )
  return rows.map((row) => row.id)
}
