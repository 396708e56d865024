// A visitor's one open cart, made when it is first needed.
import { createCartWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { VisitorRow } from "../../modules/personalization/service"
import { pickRegion, readShop, type PriceContext } from "../catalog/region"
import { ownChannel } from "../catalog/visible"
import { personalization } from "../services"

export type OpenCart = { cart_id: string; price_context: PriceContext }

/** The visitor's open cart, or null. A cart that was ordered is not open any more. */
export async function findOpenCart(
  container: MedusaContainer,
  visitor: Pick<VisitorRow, "cart_id">
): Promise<OpenCart | null> {
  if (!visitor.cart_id) {
    return null
  }
  const [cart] = await container
    .resolve(Modules.CART)
    .listCarts(
      { id: visitor.cart_id },
      { select: ["id", "region_id", "currency_code", "completed_at"], take: 1 }
    )
  if (!cart?.region_id || cart.completed_at) {
    return null
  }
  return {
    cart_id: cart.id,
    price_context: { region_id: cart.region_id, currency_code: cart.currency_code },
  }
}

/** The visitor's open cart, made now in the region asked for and the catalog's sales channel when there is none. */
export async function requireOpenCart(
  container: MedusaContainer,
  visitor: VisitorRow,
  asked: { currency_code?: string | undefined; country_code?: string | undefined }
): Promise<OpenCart> {
  const open = await findOpenCart(container, visitor)
  if (open) {
    return open
  }
  const service = personalization(container)
  if (visitor.cart_id) {
    // What it names was ordered or is gone. Only that mark is taken: another request may have set a new one.
    await service.updateVisitors({
      selector: { id: visitor.id, cart_id: visitor.cart_id },
      data: { cart_id: null },
    })
  }
  const shop = await readShop(container)
  const price_context = pickRegion(shop, asked)
  const sales_channel_id = ownChannel(container, shop)
  const { result: cart } = await createCartWorkflow(container).run({
    input: {
      region_id: price_context.region_id,
      currency_code: price_context.currency_code,
      ...(sales_channel_id === null ? {} : { sales_channel_id }),
    },
  })
  const cart_id = await service.claimOpenCart({ visitor_id: visitor.id, cart_id: cart.id })
  if (cart_id === cart.id) {
    return { cart_id, price_context }
  }
  // Another request of the same visitor was first; its cart is the one.
  await container.resolve(Modules.CART).deleteCarts([cart.id])
  const winner = await findOpenCart(container, { cart_id })
  return winner ?? { cart_id, price_context }
}
