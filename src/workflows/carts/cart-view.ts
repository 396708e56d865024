// A cart's lines as their visitor reads them.
import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import type { Surcharge } from "../../domain/pricing/quote"
import { toWireIssue, type WireIssue } from "../../lib/errors"
import { fileUrl } from "../../lib/file-url"
import { exact, toAmount } from "../catalog/money"
import { designIdOf } from "../designs/freeze-design"
import { designPreviewFiles } from "../designs/preview-files"
import { personalization } from "../services"
import { lineIssues } from "./cart-issues"
import { cartDesigns, readCart, type CartRecord } from "./cart-record"

/** Links to previews in carts live this long, in seconds: 30 days. */
const PREVIEW_LIFE_SECONDS = 30 * 86_400

/** A line; prices per unit in major units of `currency_code`, on the tax basis of the variant's price. */
export type CartItemView = {
  id: string
  product_id: string | null
  variant_id: string | null
  title: string
  template_id: string | null
  template_version: number | null
  template_snapshot: Record<string, unknown> | null
  options: Record<string, unknown>
  preview_url: string | null
  quantity: number
  base_price: number
  surcharges: { path: string; label: string; amount: number }[]
  unit_price: number
  line_total: number
  currency_code: string
  issues: WireIssue[]
}

/** The lines of a cart. */
async function buildCartItems(
  container: MedusaContainer,
  cart: CartRecord
): Promise<CartItemView[]> {
  const { options } = personalization(container)
  const designs = await cartDesigns(container, cart)
  const previews = await designPreviewFiles(container, [...designs.values()])
  const currency = cart.currency_code
  return cart.items.map((item) => {
    const design = designs.get(designIdOf(item) ?? "")
    const preview = design ? previews.get(design.id) : undefined
    const unitPrice = exact(item.unit_price)
    const surcharges = (design?.surcharges ?? []) as unknown as Surcharge[]
    return {
      id: item.id,
      product_id: item.product_id,
      variant_id: item.variant_id,
      title: item.product_title ?? item.title,
      template_id: design?.template_id ?? null,
      template_version: design?.template_version ?? null,
      template_snapshot: design?.template_snapshot ?? null,
      options: design?.options ?? {},
      preview_url: preview
        ? fileUrl(options, preview, { expires_in_seconds: PREVIEW_LIFE_SECONDS })
        : null,
      quantity: item.quantity,
      base_price: toAmount(design?.base_price ?? unitPrice, currency),
      surcharges: surcharges.map((line) => ({ ...line, amount: toAmount(line.amount, currency) })),
      unit_price: toAmount(unitPrice, currency),
      line_total: toAmount(MathBN.mult(unitPrice, item.quantity), currency),
      currency_code: currency,
      issues: lineIssues(item, designs, currency).map(toWireIssue),
    }
  })
}

/** The lines of a cart by its id; none for a cart that is gone. */
export async function readCartItems(
  container: MedusaContainer,
  cartId: string
): Promise<CartItemView[]> {
  const cart = await readCart(container, cartId)
  return cart ? buildCartItems(container, cart) : []
}
