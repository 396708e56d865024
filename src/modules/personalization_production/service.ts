// The production records of orders: every change is one transaction, and every step writes its history and its event with it.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import type { Context, InternalModuleDeclaration } from "@medusajs/framework/types"
import {
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
  generateEntityId,
} from "@medusajs/framework/utils"
import { step, type OrderState } from "../../domain/order/lifecycle"
import { AppError, conflict, notFound } from "../../lib/errors"
import { insertOutboxEvent } from "../../lib/outbox"
import { Checkout } from "./models/checkout"
import { PaymentAttempt } from "./models/payment-attempt"
import { ProductionHistory } from "./models/production-history"
import { ProductionOrder } from "./models/production-order"
import { OrderRetentionStore } from "./retention-store"
import type {
  AttemptAnswer,
  AttemptFailure,
  CheckoutRow,
  NewCheckout,
  NewProductionOrder,
  OrderSnapshot,
  PaymentAttemptRow,
  ProductionOrderRow,
  StepRequest,
  StepResult,
} from "./types"

type Tx = Context<SqlEntityManager>

class PersonalizationProductionModuleService extends MedusaService({
  ProductionOrder,
  ProductionHistory,
  Checkout,
  PaymentAttempt,
}) {
  /** Which orders are over, and their parting from who ordered. */
  readonly retention: OrderRetentionStore

  constructor(
    dependencies: Record<string, unknown>,
    options: unknown,
    declaration?: InternalModuleDeclaration
  ) {
    super(dependencies, options, declaration)
    this.retention = new OrderRetentionStore(dependencies.baseRepository)
  }

  /**
   * Gives a Medusa order its production record, once: state `created`, the first row of its history and the event
   * `order.created`; with a `hold_reason` it is on hold from the start. For an order that has one it only fills in a
   * visitor, customer or checkout not known before.
   */
  @InjectTransactionManager()
  async createForOrder(
    input: NewProductionOrder,
    @MedusaContext() context: Tx = {}
  ): Promise<StepResult> {
    const em = manager(context)
    const rows = await em.execute<ProductionOrderRow[]>(
      `insert into personalization_production_order
         (id, order_id, display_id, visitor_id, customer_id, checkout_id, currency_code, total, hold_reason, hold_at,
          created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, case when ?::text is null then null else now() end, ?, now())
       on conflict (order_id) do nothing
       returning *`,
      [
        generateEntityId(undefined, "pord"),
        input.order_id,
        input.display_id,
        input.visitor_id,
        input.customer_id,
        input.checkout_id,
        input.currency_code,
        input.total,
        input.hold_reason,
        input.hold_reason,
        input.placed_at,
      ]
    )
    const created = rows[0]
    if (!created) {
      const [known] = await em.execute<ProductionOrderRow[]>(
        `update personalization_production_order
            set visitor_id = coalesce(visitor_id, ?), customer_id = coalesce(customer_id, ?),
                checkout_id = coalesce(checkout_id, ?), updated_at = now()
          where order_id = ? returning *`,
        [input.visitor_id, input.customer_id, input.checkout_id, input.order_id]
      )
      return { order: required(known), changed: false }
    }
    await writeHistory(em, created, input.placed_at, input.actor, null)
    await writeEvent(em, created, input.snapshot)
    return { order: created, changed: true }
  }

  /**
   * Takes a step in an order's life under a lock on its row: state, tracking, history and the event `order.<state>`
   * in one transaction. Asking for the state it has already changes nothing.
   * @throws AppError `order_not_found`; `step_not_allowed` or `version_conflict` (409).
   */
  @InjectTransactionManager()
  async advance(input: StepRequest, @MedusaContext() context: Tx = {}): Promise<StepResult> {
    const em = manager(context)
    const order = await lockOrder(em, input.order_id)
    const judged = step(order.status, input.to)
    if ("same" in judged) {
      return { order, changed: false }
    }
    if ("issue" in judged) {
      throw new AppError("conflict", judged.issue.code, judged.issue.message, {
        issues: [judged.issue],
      })
    }
    if (input.expected_version !== undefined && input.expected_version !== order.version) {
      throw conflict(
        "version_conflict",
        `The order was changed meanwhile: it has version ${order.version}, not ${input.expected_version}.`
      )
    }
    const [changed] = await em.execute<ProductionOrderRow[]>(
      `update personalization_production_order
          set status = ?, version = version + 1, updated_at = now(),
              tracking_number = coalesce(?, tracking_number), tracking_url = coalesce(?, tracking_url)
        where id = ? returning *`,
      [input.to, input.tracking_number ?? null, input.tracking_url ?? null, order.id]
    )
    const after = required(changed)
    await writeHistory(em, after, new Date(), input.actor, input.reason ?? null)
    await writeEvent(em, after, input.snapshot)
    return { order: after, changed: true }
  }

  /**
   * The checkout row of a cart: a new one, or the one an earlier, unfinished try has left. One that has placed its
   * order stays as it is.
   * @throws AppError `idempotency_key_reused` (409) when the visitor used the key for another cart.
   */
  @InjectTransactionManager()
  async startCheckout(input: NewCheckout, @MedusaContext() context: Tx = {}): Promise<CheckoutRow> {
    const em = manager(context)
    if (input.idempotency_key !== null) {
      const [other] = await em.execute<{ id: string }[]>(
        `select id from personalization_checkout
          where visitor_id = ? and idempotency_key = ? and cart_id <> ?`,
        [input.visitor_id, input.idempotency_key, input.cart_id]
      )
      if (other) {
        throw conflict(
          "idempotency_key_reused",
          "This Idempotency-Key belongs to another checkout: send a new one."
        )
      }
    }
    const [row] = await em.execute<CheckoutRow[]>(
      `insert into personalization_checkout as checkout
         (id, cart_id, visitor_id, idempotency_key, body_hash, created_at, updated_at)
       values (?, ?, ?, ?, ?, now(), now())
       on conflict (cart_id) do update
         set state = case when checkout.state = 'placed' then 'placed' else 'started' end,
             idempotency_key = case when checkout.state = 'placed' then checkout.idempotency_key else excluded.idempotency_key end,
             body_hash = case when checkout.state = 'placed' then checkout.body_hash else excluded.body_hash end,
             updated_at = now()
       returning *`,
      [
        generateEntityId(undefined, "pchk"),
        input.cart_id,
        input.visitor_id,
        input.idempotency_key,
        input.body_hash,
      ]
    )
    return required(row)
  }

  /** Marks a checkout that placed nothing. Its cart may check out again. */
  @InjectTransactionManager()
  async failCheckout(id: string, @MedusaContext() context: Tx = {}): Promise<void> {
    await manager(context).execute(
      `update personalization_checkout set state = 'failed', updated_at = now()
        where id = ? and state = 'started'`,
      [id]
    )
  }

  /**
   * Writes down that a checkout has placed its order: the production record, the attempt's order and the checkout,
   * all or nothing. May be repeated.
   */
  @InjectTransactionManager()
  async recordPlacement(
    input: NewProductionOrder & { checkout_id: string },
    @MedusaContext() context: Tx = {}
  ): Promise<StepResult> {
    const em = manager(context)
    const result = await this.createForOrder(input, context)
    await em.execute(
      `update personalization_payment_attempt set order_id = ?, updated_at = now()
        where checkout_id = ? and order_id is null`,
      [input.order_id, input.checkout_id]
    )
    await em.execute(
      `update personalization_checkout set state = 'placed', order_id = ?, updated_at = now() where id = ?`,
      [input.order_id, input.checkout_id]
    )
    return result
  }

  /** Keeps what the provider answered: from here on its calls find the attempt. */
  @InjectTransactionManager()
  async recordAttemptAnswer(
    input: AttemptAnswer,
    @MedusaContext() context: Tx = {}
  ): Promise<void> {
    await manager(context).execute(
      `update personalization_payment_attempt
          set payment_session_id = ?, external_id = ?, handoff = ?::jsonb, updated_at = now()
        where id = ?`,
      [input.payment_session_id, input.external_id, JSON.stringify(input.handoff), input.attempt_id]
    )
  }

  /** Keeps a failure with its attempt. Money that came before it wins: a succeeded attempt stays succeeded. */
  @InjectTransactionManager()
  async recordAttemptFailure(
    input: AttemptFailure,
    @MedusaContext() context: Tx = {}
  ): Promise<void> {
    await manager(context).execute(
      `update personalization_payment_attempt
          set state = case when state = 'pending' then 'failed' else state end,
              last_error = ?::jsonb, updated_at = now()
        where id = ? and state <> 'succeeded'`,
      [JSON.stringify(input.error), input.attempt_id]
    )
  }

  /**
   * The money of an attempt is there: the attempt succeeded and its order is paid, in one transaction.
   * @throws AppError `step_not_allowed` (409) when the order can no longer be paid; nothing is changed then.
   */
  @InjectTransactionManager()
  async recordPayment(
    input: Omit<StepRequest, "to"> & { attempt_id: string },
    @MedusaContext() context: Tx = {}
  ): Promise<StepResult> {
    const em = manager(context)
    const order = await lockOrder(em, input.order_id)
    // A repeated event of an order that went on meanwhile is no step back to `paid`.
    const result = isBeyondPaid(order.status)
      ? { order, changed: false }
      : await this.advance({ ...input, to: "paid" }, context)
    await em.execute(
      `update personalization_payment_attempt
          set state = 'succeeded', last_error = null, updated_at = now() where id = ?`,
      [input.attempt_id]
    )
    return result
  }

  /** Closes attempts that are open: no money is expected from them any more. @returns those that were open. */
  @InjectTransactionManager()
  async closeAttempts(
    input: { ids: string[]; state: "superseded" | "canceled" },
    @MedusaContext() context: Tx = {}
  ): Promise<PaymentAttemptRow[]> {
    if (input.ids.length === 0) {
      return []
    }
    return await manager(context).execute<PaymentAttemptRow[]>(
      `update personalization_payment_attempt set state = ?, updated_at = now()
        where id in (${input.ids.map(() => "?").join(", ")}) and state in ('pending', 'failed')
        returning *`,
      [input.state, ...input.ids]
    )
  }
}

function manager(context: Tx): SqlEntityManager {
  const em = context.transactionManager ?? context.manager
  if (!em) {
    throw new Error("The personalization_production module needs a database connection.")
  }
  return em
}

function required<T>(row: T | undefined): T {
  if (row === undefined) {
    throw notFound("order")
  }
  return row
}

/** Locks the order's row for the rest of the transaction; steps on one order go one after the other. */
async function lockOrder(em: SqlEntityManager, orderId: string): Promise<ProductionOrderRow> {
  const [row] = await em.execute<ProductionOrderRow[]>(
    `select * from personalization_production_order
      where order_id = ? and deleted_at is null for update`,
    [orderId]
  )
  return required(row)
}

async function writeHistory(
  em: SqlEntityManager,
  order: ProductionOrderRow,
  at: Date,
  actor: string,
  reason: string | null
): Promise<void> {
  await em.execute(
    `insert into personalization_production_history
       (id, production_order_id, version, status, at, actor, reason, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, now(), now())`,
    [generateEntityId(undefined, "phis"), order.id, order.version, order.status, at, actor, reason]
  )
}

async function writeEvent(
  em: SqlEntityManager,
  order: ProductionOrderRow,
  snapshot: OrderSnapshot
): Promise<void> {
  await insertOutboxEvent(em, {
    type: `order.${order.status}`,
    order_id: order.order_id,
    data: {
      order: {
        ...snapshot,
        status: order.status,
        ...(order.tracking_number ? { tracking_number: order.tracking_number } : {}),
        ...(order.hold_at
          ? { hold: { reason: order.hold_reason ?? "", at: new Date(order.hold_at).toISOString() } }
          : {}),
        ...(order.tracking_url ? { tracking_url: order.tracking_url } : {}),
      },
    },
  })
}

function isBeyondPaid(state: OrderState): boolean {
  return state === "in_production" || state === "shipped" || state === "delivered"
}

export default PersonalizationProductionModuleService
