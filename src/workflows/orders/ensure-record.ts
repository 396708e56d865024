// Makes the production record of a Medusa order, and binds it to the checkout it came through.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type {
  CheckoutRow,
  NewProductionOrder,
  ProductionOrderRow,
} from "../../modules/personalization_production/types"
import { findOrderOfCart } from "../checkout/cart-record"
import { production, webhooks } from "../services"
import { checkoutIdOf, type OrderRecord } from "./order-record"
import { productionFacts } from "./production-facts"

/**
 * The order's production record, made when it is missing. A checkout that the order's metadata names is bound to it,
 * with its payment attempts, when the order is that of the checkout's cart: metadata alone can be forged.
 * @param actor who the history names for the first row
 */
export async function ensureRecord(
  container: MedusaContainer,
  order: OrderRecord,
  actor: string
): Promise<ProductionOrderRow> {
  const service = production(container)
  const [known] = await service.listProductionOrders({ order_id: order.id }, { take: 1 })
  if (known && (known.checkout_id || !checkoutIdOf(order))) {
    return known
  }
  const checkout = await findCheckout(container, order)
  if (known && !checkout) {
    return known
  }
  return recordOrder(container, order, checkout, actor)
}

/** Writes the record of an order and binds the checkout, if any. May be repeated. */
export async function recordOrder(
  container: MedusaContainer,
  order: OrderRecord,
  checkout: CheckoutRow | null,
  actor: string
): Promise<ProductionOrderRow> {
  const service = production(container)
  const facts: NewProductionOrder = await productionFacts(container, order, checkout, actor)
  const { order: record, changed } = checkout
    ? await service.recordPlacement({ ...facts, checkout_id: checkout.id })
    : await service.createForOrder(facts)
  if (changed) {
    if (facts.hold_reason) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(`personalization: order ${order.id} is on hold: ${facts.hold_reason}`)
    }
    await webhooks(container).wakeDispatcher()
  }
  return record
}

async function findCheckout(
  container: MedusaContainer,
  order: OrderRecord
): Promise<CheckoutRow | null> {
  const id = checkoutIdOf(order)
  const [checkout] = id ? await production(container).listCheckouts({ id }, { take: 1 }) : []
  return checkout && (await findOrderOfCart(container, checkout.cart_id)) === order.id
    ? checkout
    : null
}
