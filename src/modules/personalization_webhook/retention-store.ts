// Takes persons out of what was sent, received and answered about an order.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"
import { IDS } from "../../lib/sql-list"
import { managerOf, type SqlContext } from "../../lib/transaction"
import { CLAIM_SECONDS } from "./dispatch-store"
import { RECEIVER_SOURCE } from "./ids"
import { isScrubbed, scrubEventData } from "./scrub"

export type Scrubbed = {
  /** False while an event of the order is just being sent: nothing was done then. */
  done: boolean
  /** Bodies of events and of calls to the built-in receiver. */
  bodies: number
  /** Answers of receivers. */
  responses: number
}

/** Scrubs the outbox, its log and the inbox; holds no state of its own. */
export class WebhookRetentionStore {
  /** Named as Medusa's transaction decorators expect it. */
  constructor(protected readonly baseRepository_: unknown) {}

  /** Takes the person of an order out of its events' data, the answers to them, and the receiver's copies. May be repeated. */
  @InjectTransactionManager()
  async scrubOrder(orderId: string, @MedusaContext() context: SqlContext = {}): Promise<Scrubbed> {
    const manager = managerOf(context)
    const events = await manager.execute<{ id: string; data: Record<string, unknown> }[]>(
      `select id, data from personalization_webhook_event where order_id = ? order by id for update`,
      [orderId]
    )
    if (await isUnderWay(manager, orderId, events)) {
      return { done: false, bodies: 0, responses: 0 }
    }
    const at = new Date().toISOString()
    const scrubbed = events
      .filter(({ data }) => !isScrubbed(data))
      .map(({ id, data }) => ({ id, data: scrubEventData(data, at) }))
    await manager.execute(
      `update personalization_webhook_event e set data = given.data, updated_at = now()
         from jsonb_to_recordset(?::jsonb) as given (id text, data jsonb) where e.id = given.id`,
      [JSON.stringify(scrubbed)]
    )
    const responses = await manager.execute<{ id: string }[]>(
      `update personalization_webhook_attempt set response_body = null, updated_at = now()
        where order_id = ? and response_body is not null returning id`,
      [orderId]
    )
    const received = await scrubReceived(manager, events, at)
    return { done: true, bodies: scrubbed.length + received, responses: responses.length }
  }
}

/**
 * Whether an attempt is being made: its answer comes later. Deliveries are locked, so that none is claimed with the old data
 * from here on; one that was claimed before has its row in the log.
 */
async function isUnderWay(
  manager: SqlEntityManager,
  orderId: string,
  events: { id: string }[]
): Promise<boolean> {
  await manager.execute(
    `select id from personalization_webhook_delivery where event_id in ${IDS} order by id for update`,
    [JSON.stringify(events.map(({ id }) => id))]
  )
  const pending = await manager.execute<{ id: string }[]>(
    `select id from personalization_webhook_attempt
      where order_id = ? and state = 'pending' and sent_at > now() - make_interval(secs => ?) limit 1`,
    [orderId, CLAIM_SECONDS]
  )
  return pending.length > 0
}

/** The built-in receiver keeps what it was sent under the event's own id. */
async function scrubReceived(
  manager: SqlEntityManager,
  events: { id: string }[],
  at: string
): Promise<number> {
  const rows = await manager.execute<{ id: string; payload: Record<string, unknown> }[]>(
    `select id, payload from personalization_webhook_inbox
      where source = ? and event_id in ${IDS} order by id for update`,
    [RECEIVER_SOURCE, JSON.stringify(events.map(({ id }) => id))]
  )
  const scrubbed = rows.flatMap(({ id, payload }) => {
    const data = (payload.data ?? {}) as Record<string, unknown>
    return isScrubbed(data) ? [] : [{ id, payload: { ...payload, data: scrubEventData(data, at) } }]
  })
  await manager.execute(
    `update personalization_webhook_inbox i set payload = given.payload, updated_at = now()
       from jsonb_to_recordset(?::jsonb) as given (id text, payload jsonb) where i.id = given.id`,
    [JSON.stringify(scrubbed)]
  )
  return scrubbed.length
}
