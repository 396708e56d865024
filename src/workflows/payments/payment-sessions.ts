// Medusa's side of a payment: its session, and the payment made from it.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

export type SessionRecord = {
  id: string
  amount: BigNumberInput
  currency_code: string
  provider_id: string
  payment_collection_id: string
  payment: { id: string; captured_at: string | Date | null } | null
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
      "payment.id",
      "payment.captured_at",
    ],
    filters: { id: sessionId },
  })
  const session = (sessions as unknown as Omit<SessionRecord, "order_id">[])[0]
  if (!session) {
    return null
  }
  const { data: links } = await query.graph({
    entity: "order_payment_collection",
    fields: ["order_id"],
    filters: { payment_collection_id: session.payment_collection_id },
  })
  const link = (links as unknown as { order_id: string }[])[0]
  return { ...session, order_id: link?.order_id ?? null }
}
