// A product as the catalog's writes answer it: as `GET /products/:id` without the template's parts, in any status.
import type { MedusaContainer } from "@medusajs/framework/types"
import { absoluteUrl } from "../../lib/file-url"
import { personalization } from "../services"
import { shownMedia } from "./media"
import { readProductRecord } from "./product-record"
import { readSelling, requireCurrency } from "./store-facts"

/**
 * Reads a product; amounts in major units.
 * @param currency_code of the amounts; default: the store's default currency
 * @throws AppError 404 `product_not_found`, 400 `unknown_currency`.
 */
export async function viewProduct(
  container: MedusaContainer,
  id: string,
  currency_code: string | undefined
) {
  const currency = await requireCurrency(container, currency_code)
  const { channels, context } = await readSelling(container, currency)
  const product = await readProductRecord(container, id, channels, context)
  const { options } = personalization(container)
  return {
    id: product.id,
    handle: product.handle,
    name: product.title,
    description: product.description,
    status: product.status,
    base_price: product.base_price,
    currency_code: currency,
    tax_inclusive: product.tax_inclusive,
    media: shownMedia(product).map((url) => ({ url: absoluteUrl(options, url) })),
    customizable: product.customizable,
    variants: product.variants.map(({ price_set_id: _stored, ...variant }) => variant),
  }
}
