// Whether a cart may be bought as it is: every personalized line against its frozen design.
import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import type { DesignRow } from "../../modules/personalization/service"
import { designIdOf } from "../designs/freeze-design"
import { cartDesigns, readCart, type CartItemRecord } from "./cart-record"

/** Everything that keeps a cart from being ordered; empty when nothing does. */
export async function findCartIssues(container: MedusaContainer, cartId: string): Promise<Issue[]> {
  const cart = await readCart(container, cartId)
  if (!cart || cart.items.length === 0) {
    return [{ path: ["cart"], code: "cart_empty", message: "The cart is empty." }]
  }
  const designs = await cartDesigns(container, cart)
  return cart.items.flatMap((item) => lineIssues(item, designs, cart.currency_code))
}

/**
 * What is wrong with one line of a cart or an order: its design is gone or was emptied for privacy's sake, is another
 * variant's, or costs something else.
 */
export function lineIssues(
  item: Pick<CartItemRecord, "id" | "variant_id" | "unit_price" | "metadata">,
  designs: Map<string, DesignRow>,
  currency: string
): Issue[] {
  const designId = designIdOf(item)
  if (!designId) {
    return []
  }
  const path = ["cart", "items", item.id]
  const design = designs.get(designId)
  if (!design || design.anonymized_at || design.variant_id !== item.variant_id) {
    return [{ path, code: "design_mismatch", message: "The line does not match its design." }]
  }
  if (design.currency_code !== currency || !MathBN.eq(design.unit_price, item.unit_price)) {
    return [{ path, code: "price_mismatch", message: "The line's price is not its design's." }]
  }
  return []
}
