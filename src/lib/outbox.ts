// The outbox: an event is a row written in the transaction of the change it tells about.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"

/** An event about an order, to be delivered to every endpoint that wants its type. */
export type OutboxEvent = {
  /** A public event type such as `order.paid`. */
  type: string
  order_id: string
  /** The payload's `data`, frozen now. */
  data: Record<string, unknown>
}

/** An event that is about no order. */
export type LooseEvent = Omit<OutboxEvent, "order_id">

/**
 * Writes events about no order into the outbox within the caller's transaction, those that an endpoint wants: of every
 * preview of a shop nobody else would ever read. They have no number: their order tells nothing.
 * @returns how many were written
 */
export async function insertLooseEvents(
  manager: SqlEntityManager,
  events: readonly LooseEvent[]
): Promise<number> {
  const rows = events.map((event) => ({ ...event, id: generateEntityId(undefined, "pevt") }))
  const written = await manager.execute<unknown[]>(
    `insert into personalization_webhook_event (id, type, order_id, sequence, data, created_at, updated_at)
     select id, type, null, null, data, now(), now()
       from jsonb_to_recordset(?::jsonb) as made (id text, type text, data jsonb)
      where exists (
        select 1 from personalization_webhook_endpoint e
         where e.enabled and e.deleted_at is null
           and (coalesce(jsonb_typeof(e.events), 'null') = 'null' or jsonb_exists(e.events, made.type)))
     returning id`,
    [JSON.stringify(rows)]
  )
  return written.length
}

/**
 * Writes an event into the outbox within the caller's transaction, and numbers it within its order from 1.
 *
 * Two modules cannot share a transaction through their services, so this is SQL on the caller's `transactionManager`;
 * the table belongs to the webhook module, which reads it.
 * @returns the event's id, which stays the `webhook-id` of every delivery.
 */
export async function insertOutboxEvent(
  manager: SqlEntityManager,
  event: OutboxEvent
): Promise<string> {
  const id = generateEntityId(undefined, "pevt")
  // Two transitions of one order must not read the same highest sequence; the lock ends with the transaction.
  await manager.execute(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [
    `personalization-outbox:${event.order_id}`,
  ])
  await manager.execute(
    `insert into personalization_webhook_event (id, type, order_id, sequence, data, created_at, updated_at)
     select ?, ?, ?, coalesce(max(sequence), 0) + 1, ?::jsonb, now(), now()
     from personalization_webhook_event where order_id = ?`,
    [id, event.type, event.order_id, JSON.stringify(event.data), event.order_id]
  )
  return id
}
