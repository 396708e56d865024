// Which orders are over, and which of them may be parted from the person who ordered.
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"
import { IDS } from "../../lib/sql-list"
import { managerOf, type SqlContext } from "../../lib/transaction"

/** Whose orders: the ones that a visitor placed, or a customer. */
export type OrderOwner = { visitor_id: string } | { customer_id: string }

/** How far an order is. */
export type OrderEnd = {
  order_id: string
  /** Delivered or canceled: nothing is made for it any more. */
  over: boolean
  /** Over, and long enough, or its person asked for removal. */
  due: boolean
}

const OVER = "p.status in ('delivered', 'canceled')"
/** The final state's own row of the history says since when. Takes days. */
const DUE = `(p.erase_requested_at is not null or exists (
  select 1 from personalization_production_history h
   where h.production_order_id = p.id and h.status = p.status and h.at < now() - make_interval(days => ?)))`

/** Reads and marks orders for retention; holds no state of its own. */
export class OrderRetentionStore {
  /** Named as Medusa's transaction decorators expect it. */
  constructor(protected readonly baseRepository_: unknown) {}

  /** Orders to be parted from their person now, after the last one of the page before. */
  @InjectManager()
  async listDue(
    days: number,
    { after, limit }: { after: string; limit: number },
    @MedusaContext() context: SqlContext = {}
  ): Promise<string[]> {
    const rows = await managerOf(context).execute<{ order_id: string }[]>(
      `select p.order_id from personalization_production_order p
        where p.order_id > ? and p.anonymized_at is null and ${OVER} and ${DUE}
        order by p.order_id limit ?`,
      [after, days, limit]
    )
    return rows.map(({ order_id }) => order_id)
  }

  /** How far orders are. One without a record is missing: it has only just been placed. */
  @InjectManager()
  async listEnds(
    orderIds: string[],
    days: number,
    @MedusaContext() context: SqlContext = {}
  ): Promise<OrderEnd[]> {
    return managerOf(context).execute<OrderEnd[]>(
      `select p.order_id, ${OVER} as over, ${OVER} and ${DUE} as due
         from personalization_production_order p where p.order_id in ${IDS}`,
      [days, JSON.stringify(orderIds)]
    )
  }

  /**
   * Marks a person's orders: what they still need of the person goes as soon as they are over. Those that were anonymised
   * before lose their customer too.
   * @returns the orders that still have something of the person
   */
  @InjectManager()
  async requestErasure(
    owner: OrderOwner,
    @MedusaContext() context: SqlContext = {}
  ): Promise<string[]> {
    const [column, id] =
      "visitor_id" in owner ? ["visitor_id", owner.visitor_id] : ["customer_id", owner.customer_id]
    const rows = await managerOf(context).execute<{ order_id: string; anonymized: boolean }[]>(
      `update personalization_production_order
          set erase_requested_at = coalesce(erase_requested_at, now()), updated_at = now(),
              customer_id = case when anonymized_at is null then customer_id end
        where ${column} = ? returning order_id, anonymized_at is not null as anonymized`,
      [id]
    )
    return rows
      .filter(({ anonymized }) => !anonymized)
      .map(({ order_id }) => order_id)
      .sort()
  }

  /**
   * Parts an order from its visitor; from its customer too when that was asked for, since until then they may look at it.
   * Its checkout has done its work and goes.
   */
  @InjectTransactionManager()
  async markAnonymized(orderId: string, @MedusaContext() context: SqlContext = {}): Promise<void> {
    const manager = managerOf(context)
    await manager.execute(`delete from personalization_checkout where order_id = ?`, [orderId])
    await manager.execute(
      `update personalization_production_order
          set anonymized_at = coalesce(anonymized_at, now()), visitor_id = null, updated_at = now(),
              customer_id = case when erase_requested_at is null then customer_id end
        where order_id = ?`,
      [orderId]
    )
  }

  /** Those of the visitors that have orders. */
  @InjectManager()
  async visitorsWithOrders(
    visitorIds: string[],
    @MedusaContext() context: SqlContext = {}
  ): Promise<string[]> {
    const rows = await managerOf(context).execute<{ visitor_id: string }[]>(
      `select distinct visitor_id from personalization_production_order where visitor_id in ${IDS}`,
      [JSON.stringify(visitorIds)]
    )
    return rows.map(({ visitor_id }) => visitor_id)
  }

  /** Removes visitors' checkouts that placed no order. */
  @InjectManager()
  async removeCheckouts(
    visitorIds: string[],
    @MedusaContext() context: SqlContext = {}
  ): Promise<void> {
    await managerOf(context).execute(
      `delete from personalization_checkout where visitor_id in ${IDS} and order_id is null`,
      [JSON.stringify(visitorIds)]
    )
  }
}
