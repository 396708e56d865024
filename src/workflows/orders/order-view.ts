// An order in the form that customers and partners read.
import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import type { Surcharge } from "../../domain/pricing/quote"
import { notFound } from "../../lib/errors"
import { fileUrl } from "../../lib/file-url"
import type { PersonalizationOptions } from "../../lib/options"
import type { DesignRow } from "../../modules/personalization/service"
import { exact, toAmount } from "../catalog/money"
import { designIdOf } from "../designs/freeze-design"
import { designPreviewFiles } from "../designs/preview-files"
import { personalization } from "../services"
import {
  findOrder,
  type AddressFields,
  type AddressRecord,
  type OrderItemRecord,
  type OrderRecord,
} from "./order-record"

/** Seconds that a preview's link in an order lives: 90 days. */
const PREVIEW_LIFE_SECONDS = 90 * 86_400

/** A line of an order. Amounts are per unit in major units, except `line_total`. */
export type OrderItemView = {
  id: string
  product_id: string | null
  variant_id: string | null
  title: string
  variant_title: string | null
  sku: string | null
  template_id: string | null
  template_version: number | null
  template_snapshot: unknown
  options: unknown
  preview_url: string | null
  quantity: number
  base_price: number
  surcharges: { path: string; label: string; amount: number }[]
  unit_price: number
  line_total: number
  currency_code: string
}

/** The facts of an order that do not change with its state, as `data.order` of its events carries them. */
export type OrderView = {
  id: string
  display_id: number | null
  created_at: string
  email: string | null
  currency_code: string
  /** These three are net of tax; with `tax_total` they add up to `total`, a discount being taken off. */
  item_subtotal: number
  discount_total: number
  shipping_total: number
  tax_total: number
  total: number
  shipping_method: string | null
  shipping_address: AddressRecord | null
  items: OrderItemView[]
}

/** The view of an order. @throws AppError 404 `order_not_found`. */
export async function buildOrderView(
  container: MedusaContainer,
  orderId: string
): Promise<OrderView> {
  const order = await findOrder(container, orderId)
  if (!order) {
    throw notFound("order")
  }
  return viewOf(container, order)
}

/** The view of an order that was read already. */
export async function viewOf(container: MedusaContainer, order: OrderRecord): Promise<OrderView> {
  const service = personalization(container)
  const ids = order.items.map(designIdOf).filter((id) => id !== null)
  const designs = ids.length > 0 ? await service.listDesigns({ id: ids }, { take: ids.length }) : []
  const byId = new Map(designs.map((design) => [design.id, design]))
  const previews = await designPreviewFiles(container, designs)
  const money = (amount: OrderRecord["total"]) => toAmount(amount, order.currency_code)
  return {
    id: order.id,
    display_id: order.display_id,
    created_at: new Date(order.created_at).toISOString(),
    email: order.email,
    currency_code: order.currency_code,
    item_subtotal: money(order.item_subtotal),
    discount_total: money(order.discount_subtotal),
    shipping_total: money(order.shipping_subtotal),
    tax_total: money(order.tax_total),
    total: money(order.total),
    shipping_method: order.shipping_methods?.[0]?.name ?? null,
    shipping_address: order.shipping_address ? addressView(order.shipping_address) : null,
    items: order.items.map((item) => {
      const design = byId.get(designIdOf(item) ?? "") ?? null
      const preview = design ? previews.get(design.id) : undefined
      return itemView(item, design, preview, order.currency_code, service.options)
    }),
  }
}

function itemView(
  item: OrderItemRecord,
  design: DesignRow | null,
  previewFile: string | undefined,
  currency: string,
  options: PersonalizationOptions
): OrderItemView {
  const unitPrice = exact(item.unit_price)
  const surcharges = (design?.surcharges ?? []) as unknown as Surcharge[]
  return {
    id: item.id,
    product_id: item.product_id,
    variant_id: item.variant_id,
    title: item.product_title ?? item.title,
    variant_title: item.variant_title,
    sku: item.variant_sku,
    template_id: design?.template_id ?? null,
    template_version: design?.template_version ?? null,
    template_snapshot: design?.template_snapshot ?? null,
    options: design?.options ?? {},
    preview_url: previewFile
      ? fileUrl(options, previewFile, { expires_in_seconds: PREVIEW_LIFE_SECONDS })
      : null,
    quantity: item.quantity,
    base_price: toAmount(design?.base_price ?? unitPrice, currency),
    surcharges: surcharges.map(({ path, label, amount }) => ({
      path,
      label,
      amount: toAmount(amount, currency),
    })),
    unit_price: toAmount(unitPrice, currency),
    line_total: toAmount(MathBN.mult(unitPrice, item.quantity), currency),
    currency_code: currency,
  }
}

/** An address without its identity. */
export function addressView<A extends AddressFields>(address: A): Pick<A, keyof AddressRecord> {
  return {
    first_name: address.first_name,
    last_name: address.last_name,
    company: address.company,
    address_1: address.address_1,
    address_2: address.address_2,
    city: address.city,
    province: address.province,
    postal_code: address.postal_code,
    country_code: address.country_code,
    phone: address.phone,
  }
}
