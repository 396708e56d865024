// What the production record of an order is made from.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { NewProductionOrder } from "../../modules/personalization_production/types"
import { toDecimal } from "../catalog/money"
import { checkoutIdOf, type OrderRecord } from "./order-record"
import { viewOf } from "./order-view"
import { production } from "./services"

/** The facts for the production record of an order, its customer's visitor found through the checkout. */
export async function productionFacts(
  container: MedusaContainer,
  order: OrderRecord,
  actor: string
): Promise<NewProductionOrder> {
  const checkoutId = checkoutIdOf(order)
  const [checkout] = checkoutId
    ? await production(container).listCheckouts({ id: checkoutId }, { take: 1 })
    : []
  return {
    order_id: order.id,
    display_id: order.display_id,
    visitor_id: checkout?.visitor_id ?? null,
    customer_id: order.customer_id,
    checkout_id: checkout?.id ?? null,
    currency_code: order.currency_code,
    total: toDecimal(order.total, order.currency_code),
    placed_at: new Date(order.created_at),
    actor,
    snapshot: await viewOf(container, order),
  }
}
