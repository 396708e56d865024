// A Medusa order as this plugin reads it: one query, its fields and their types.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MathBN } from "@medusajs/framework/utils"
import { toDecimal } from "../catalog/money"

/** The metadata key of a cart, and so of its order, that came through our checkout. */
export const CHECKOUT_KEY = "personalization_checkout_id"

const FIELDS = [
  "id",
  "display_id",
  "created_at",
  "status",
  "email",
  "customer_id",
  "currency_code",
  "metadata",
  "total",
  "item_subtotal",
  "discount_subtotal",
  "shipping_subtotal",
  "tax_total",
  "items.id",
  "items.title",
  "items.product_title",
  "items.variant_title",
  "items.variant_sku",
  "items.product_id",
  "items.variant_id",
  "items.quantity",
  "items.unit_price",
  "items.metadata",
  "shipping_address.*",
  "shipping_methods.name",
  "payment_collections.id",
  "payment_collections.captured_amount",
]

export type OrderItemRecord = {
  id: string
  title: string
  product_title: string | null
  variant_title: string | null
  variant_sku: string | null
  product_id: string | null
  variant_id: string | null
  quantity: number
  unit_price: BigNumberInput
  metadata: Record<string, unknown> | null
}

export type AddressRecord = {
  first_name: string | null
  last_name: string | null
  company: string | null
  address_1: string | null
  address_2: string | null
  city: string | null
  province: string | null
  postal_code: string | null
  country_code: string | null
  phone: string | null
}

/** The same fields as Medusa's modules type them. */
export type AddressFields = { [Field in keyof AddressRecord]?: string | null | undefined }

export type OrderRecord = {
  id: string
  display_id: number | null
  created_at: string | Date
  status: string
  email: string | null
  customer_id: string | null
  currency_code: string
  metadata: Record<string, unknown> | null
  total: BigNumberInput
  item_subtotal: BigNumberInput
  discount_subtotal: BigNumberInput
  shipping_subtotal: BigNumberInput
  tax_total: BigNumberInput
  items: OrderItemRecord[]
  shipping_address: AddressRecord | null
  shipping_methods: { name: string }[] | null
  payment_collections: { id: string; captured_amount: BigNumberInput | null }[] | null
}

/** The order, or null when Medusa has none of that id. */
export async function findOrder(
  container: MedusaContainer,
  orderId: string
): Promise<OrderRecord | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order",
    fields: FIELDS,
    filters: { id: orderId },
  })
  return (data as unknown as OrderRecord[])[0] ?? null
}

/** The checkout an order came through, or null for an order of the host's own storefront. */
export function checkoutIdOf(order: Pick<OrderRecord, "metadata">): string | null {
  const id = order.metadata?.[CHECKOUT_KEY]
  return typeof id === "string" ? id : null
}

/**
 * Whether all that the customer owed has been captured, at the currency's decimals: Medusa's totals may have more, and
 * no provider can take them. An order of nothing is paid from the start.
 */
export function isCaptured(order: OrderRecord): boolean {
  const captured = (order.payment_collections ?? []).reduce(
    (sum, { captured_amount }) => MathBN.add(sum, captured_amount ?? 0),
    MathBN.convert(0)
  )
  const { currency_code } = order
  return MathBN.gte(toDecimal(captured, currency_code), toDecimal(order.total, currency_code))
}
