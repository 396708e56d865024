// A product with everything that is needed to personalize it.
import { z } from "@medusajs/framework/zod"
import { toAmount } from "../../../workflows/catalog/money"
import { retrieveCatalogProduct } from "../../../workflows/catalog/products"
import { resolveRegion } from "../../../workflows/catalog/region"
import { handle } from "../../standalone/handle"
import { regionQuery } from "../../standalone/query"

/** One published product with variants, default template and option sets; prices in major units. */
export const GET = handle({ query: z.object(regionQuery) }, async ({ scope, query, params }) => {
  const context = await resolveRegion(scope, query)
  const { product, variants, template, option_sets } = await retrieveCatalogProduct(
    scope,
    params.id ?? "",
    context
  )
  const amount = (value: string | null) =>
    value === null ? null : toAmount(value, context.currency_code)
  return {
    body: {
      product: {
        ...product,
        variants,
        template: {
          id: template.id,
          version: template.version,
          name: template.name,
          definition: template.definition,
        },
        option_sets: option_sets.map(({ id, key, title, required, options }) => ({
          id,
          key,
          title,
          required,
          options: options.map((option) => ({
            id: option.id,
            value: option.value,
            label: option.label,
            price_delta: amount(option.amount),
            metadata: option.metadata,
          })),
        })),
      },
    },
  }
})
