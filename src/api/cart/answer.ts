// The cart that changes to it answer with.
import type { MedusaContainer } from "@medusajs/framework/types"
import { readCartItems } from "../../workflows/carts/cart-view"
import { cartTotals } from "../../workflows/carts/cart-totals"

/** A cart after a change: its lines and totals. */
export async function cartAnswer(scope: MedusaContainer, cartId: string) {
  const [items, totals] = await Promise.all([
    readCartItems(scope, cartId),
    cartTotals(scope, cartId),
  ])
  return { cart: { id: cartId, currency_code: totals?.currency_code, items, totals } }
}
