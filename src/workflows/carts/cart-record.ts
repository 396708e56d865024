// Reads a cart with what its view and totals need, in one query.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { DesignRow } from "../../modules/personalization/service"
import { designIdOf } from "../designs/freeze-design"
import { personalization } from "../services"

export type CartItemRecord = {
  id: string
  product_id: string | null
  variant_id: string | null
  title: string
  product_title: string | null
  variant_title: string | null
  quantity: number
  unit_price: BigNumberInput
  is_tax_inclusive: boolean
  metadata: Record<string, unknown> | null
  tax_lines: { rate: number; code: string }[]
  adjustments: { amount: BigNumberInput; is_tax_inclusive?: boolean }[]
}
export type CartRecord = {
  id: string
  currency_code: string
  region_id: string
  email: string | null
  completed_at: string | null
  shipping_address: { country_code: string | null } | null
  items: CartItemRecord[]
  shipping_methods: { id: string; amount: BigNumberInput }[]
  item_subtotal: BigNumberInput
  discount_subtotal: BigNumberInput
  shipping_subtotal: BigNumberInput
  tax_total: BigNumberInput
  total: BigNumberInput
}

const FIELDS = [
  "id",
  "currency_code",
  "region_id",
  "email",
  "completed_at",
  "shipping_address.country_code",
  "items.*",
  "items.tax_lines.*",
  "items.adjustments.*",
  "shipping_methods.*",
  "shipping_methods.tax_lines.*",
  "item_subtotal",
  "discount_subtotal",
  "shipping_subtotal",
  "tax_total",
  "total",
]

/** A cart with its lines in the order they were added. */
export async function readCart(
  container: MedusaContainer,
  cartId: string
): Promise<CartRecord | null> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "cart",
    fields: FIELDS,
    filters: { id: cartId },
  })
  const [cart] = data as unknown as CartRecord[]
  if (!cart) {
    return null
  }
  // Line items carry sortable ids (ULID), which keep the order of their creation.
  return { ...cart, items: [...cart.items].sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

/** The designs by id that were put into a cart and that its lines name: one that was named by hand is not among them. */
export async function cartDesigns(
  container: MedusaContainer,
  { id, items }: Pick<CartRecord, "id" | "items">
): Promise<Map<string, DesignRow>> {
  const ids = [...new Set(items.flatMap((item) => designIdOf(item) ?? []))]
  const rows = await personalization(container).listDesignsOfCart(ids, id)
  return new Map(rows.map((row) => [row.id, row]))
}
