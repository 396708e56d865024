// What a storefront of Medusa needs to personalize a product.
import type { MedusaStoreRequest } from "@medusajs/framework/http"
import { medusaHandle } from "../../../../medusa/handle"
import { personalizationQuery } from "../../../../standalone/catalog/ask"
import { catalogResponder } from "../../../../standalone/catalog/responder"

/**
 * The default template and the option sets of a product that the publishable key's sales channels sell, by id or
 * handle; prices in the region of `region_id`, `country_code` or `currency_code`, default: the store's default region.
 *
 * The answer is kept as those of `/products` are. Medusa checks the publishable key before this, with two queries a
 * request unless the host switches on Medusa's caching flag; the `serve` command looks at a key every 5 s instead.
 */
export const GET = medusaHandle({ query: personalizationQuery }, ({ req, query, params }) => {
  const { publishable_key_context } = req as MedusaStoreRequest
  return catalogResponder().route(
    req,
    { kind: "personalization", id: params.id ?? "", ...query },
    publishable_key_context.sales_channel_ids
  )
})
