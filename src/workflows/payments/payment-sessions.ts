// Medusa's side of a payment: its session, and the payment made from it.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN } from "@medusajs/framework/utils"
import { toDecimal } from "../catalog/money"
import type { OrderRecord } from "../orders/order-record"

export type SessionRecord = {
  id: string
  amount: BigNumberInput
  currency_code: string
  provider_id: string
  payment_collection_id: string
  /** What the provider answered, and what it was asked with: `attempt_id` when the session is ours. */
  data: Record<string, unknown> | null
  payment: {
    id: string
    captured_at: string | Date | null
    canceled_at: string | Date | null
  } | null
  /** Null while the session's cart has not become an order. */
  order_id: string | null
}

/** The session, or null when there is none: a retry deletes the one before. */
export async function findSession(
  container: MedusaContainer,
  sessionId: string
): Promise<SessionRecord | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: sessions } = await query.graph({
    entity: "payment_session",
    fields: [
      "id",
      "amount",
      "currency_code",
      "provider_id",
      "payment_collection_id",
      "data",
      "payment.id",
      "payment.captured_at",
      "payment.canceled_at",
    ],
    filters: { id: sessionId },
  })
  const session = (sessions as unknown as Omit<SessionRecord, "order_id">[])[0]
  if (!session) {
    return null
  }
  return {
    ...session,
    order_id: await findOrderOfCollection(container, session.payment_collection_id),
  }
}

/** The order that a payment belongs to, or null. */
export async function findOrderOfPayment(
  container: MedusaContainer,
  paymentId: string
): Promise<string | null> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "payment",
    fields: ["payment_collection_id"],
    filters: { id: paymentId },
  })
  const payment = (data as unknown as { payment_collection_id: string }[])[0]
  return payment ? findOrderOfCollection(container, payment.payment_collection_id) : null
}

/**
 * Whether other payments cover the order: all that were captured before the session's own, at the currency's decimals.
 */
export async function isPaidByOthers(
  container: MedusaContainer,
  order: Pick<OrderRecord, "total" | "currency_code" | "payment_collections">,
  session: SessionRecord
): Promise<boolean> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "payment",
    fields: ["id", "amount", "captured_at"],
    filters: { payment_collection_id: (order.payment_collections ?? []).map(({ id }) => id) },
  })
  const payments = data as unknown as {
    id: string
    amount: BigNumberInput
    captured_at: string | Date | null
  }[]
  const own = session.payment?.captured_at
  const before = own ? new Date(own).getTime() : Infinity
  const paid = payments
    .filter(({ id }) => id !== session.payment?.id)
    .filter(({ captured_at }) => captured_at && new Date(captured_at).getTime() < before)
    .reduce((sum, { amount }) => MathBN.add(sum, amount), MathBN.convert(0))
  const { currency_code: currency } = order
  return MathBN.gte(toDecimal(paid, currency), toDecimal(order.total, currency))
}

async function findOrderOfCollection(
  container: MedusaContainer,
  collectionId: string
): Promise<string | null> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order_payment_collection",
    fields: ["order_id"],
    filters: { payment_collection_id: collectionId },
  })
  return (data as unknown as { order_id: string }[])[0]?.order_id ?? null
}
