// The product list.
import { z } from "@medusajs/framework/zod"
import { listCatalogProducts } from "../../workflows/catalog/products"
import { resolveRegion } from "../../workflows/catalog/region"
import { handle } from "../standalone/handle"
import { pageQuery, regionQuery } from "../standalone/query"

// Keys that are not known are ignored here: campaign parameters must not break a product list.
const query = z.object({ ...pageQuery, ...regionQuery, q: z.string().max(200).optional() })

/** Published products with their lowest price in one currency (major units). */
export const GET = handle({ query }, async ({ scope, query }) => {
  const context = await resolveRegion(scope, query)
  const { products, count } = await listCatalogProducts(scope, query, context)
  return { body: { products, count, limit: query.limit, offset: query.offset } }
})
