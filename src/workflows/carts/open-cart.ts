// A visitor's one open cart, made when it is first needed.
import { createCartWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { VisitorRow } from "../../modules/personalization/service"
import { resolveRegion, type PriceContext } from "../catalog/region"
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

/** The visitor's open cart, made now in the region asked for when there is none. */
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
  const price_context = await resolveRegion(container, asked)
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  const { result: cart } = await createCartWorkflow(container).run({
    input: {
      region_id: price_context.region_id,
      currency_code: price_context.currency_code,
      ...(store?.default_sales_channel_id
        ? { sales_channel_id: store.default_sales_channel_id }
        : {}),
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
