// A cart as the checkout reads it: one query, its fields and their types.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { isDeferredProvider } from "../payments/providers"

const FIELDS = [
  "id",
  "email",
  "metadata",
  "completed_at",
  "currency_code",
  "region_id",
  "customer_id",
  "sales_channel_id",
  "total",
  "region.id",
  "region.currency_code",
  "region.countries.iso_2",
  "region.countries.display_name",
  "region.payment_providers.id",
  "region.payment_providers.is_enabled",
  "items.id",
  "items.requires_shipping",
  "items.product.shipping_profile.id",
  "payment_collection.id",
  "payment_collection.amount",
  "payment_collection.currency_code",
]

export type CheckoutCartItem = {
  id: string
  requires_shipping: boolean
  product: { shipping_profile: { id: string } | null } | null
}

export type CheckoutCart = {
  id: string
  email: string | null
  metadata: Record<string, unknown> | null
  completed_at: string | Date | null
  currency_code: string
  region_id: string | null
  customer_id: string | null
  sales_channel_id: string | null
  total: BigNumberInput
  region: {
    id: string
    currency_code: string
    countries: { iso_2: string; display_name: string }[]
    payment_providers: { id: string; is_enabled: boolean }[] | null
  } | null
  items: CheckoutCartItem[]
  payment_collection: { id: string; amount: BigNumberInput; currency_code: string } | null
}

/** The cart, or null when there is none of that id. */
export async function readCheckoutCart(
  container: MedusaContainer,
  cartId: string
): Promise<CheckoutCart | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "cart", fields: FIELDS, filters: { id: cartId } })
  return (data as unknown as CheckoutCart[])[0] ?? null
}

/** The order that a cart has become, or null. */
export async function findOrderOfCart(
  container: MedusaContainer,
  cartId: string
): Promise<string | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order_cart",
    fields: ["order_id"],
    filters: { cart_id: cartId },
  })
  return (data as unknown as { order_id: string }[])[0]?.order_id ?? null
}

/** The country that is assumed while nobody named one: the region's first by its code. */
export function defaultCountry(cart: CheckoutCart): string | null {
  const codes = (cart.region?.countries ?? []).map(({ iso_2 }) => iso_2)
  return codes.sort()[0] ?? null
}

/** Ids of the payment providers that the cart's region offers and the checkout can work with. */
export function paymentProviders(cart: CheckoutCart): string[] {
  return (cart.region?.payment_providers ?? [])
    .filter(({ id, is_enabled }) => is_enabled && isDeferredProvider(id))
    .map((provider) => provider.id)
}

/** The provider a customer named, by its full id (`pp_sandbox_sandbox`) or by its short name (`sandbox`). */
export function resolveProvider(offered: string[], name: string): string | null {
  return [name, `pp_${name}`, `pp_${name}_${name}`].find((id) => offered.includes(id)) ?? null
}
