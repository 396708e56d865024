// What the production record of an order is made from.
import type { MedusaContainer } from "@medusajs/framework/types"
import type {
  CheckoutRow,
  NewProductionOrder,
} from "../../modules/personalization_production/types"
import { lineIssues } from "../carts/cart-issues"
import { toDecimal } from "../catalog/money"
import { designIdOf } from "../designs/freeze-design"
import { personalization } from "../services"
import type { OrderRecord } from "./order-record"
import { viewOf } from "./order-view"

/** Why an order is on hold whose line is not what its design was frozen as. */
const DESIGN_MISMATCH = "design_mismatch"

/** The facts for the production record of an order that came through a checkout, or through none of ours. */
export async function productionFacts(
  container: MedusaContainer,
  order: OrderRecord,
  checkout: CheckoutRow | null,
  actor: string
): Promise<NewProductionOrder> {
  return {
    order_id: order.id,
    display_id: order.display_id,
    visitor_id: checkout?.visitor_id ?? null,
    customer_id: order.customer_id,
    checkout_id: checkout?.id ?? null,
    currency_code: order.currency_code,
    total: toDecimal(order.total, order.currency_code),
    placed_at: new Date(order.created_at),
    hold_reason: (await designsMatch(container, order)) ? null : DESIGN_MISMATCH,
    actor,
    snapshot: await viewOf(container, order),
  }
}

/** Medusa's own cart routes take any metadata, so that a line may name a design which it was not sold as. */
async function designsMatch(container: MedusaContainer, order: OrderRecord): Promise<boolean> {
  const ids = [...new Set(order.items.flatMap((item) => designIdOf(item) ?? []))]
  const rows = ids.length > 0 ? await personalization(container).listDesigns({ id: ids }) : []
  const designs = new Map(rows.map((row) => [row.id, row]))
  return order.items.every((item) => lineIssues(item, designs, order.currency_code).length === 0)
}
