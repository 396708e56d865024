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
