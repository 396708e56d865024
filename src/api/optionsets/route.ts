// Listing and saving option sets.
import { createPersonalizationOptionSetWorkflow } from "../../workflows/option-sets/workflows/create-option-set"
import { listOptionSetViews, retrieveOptionSetView } from "../../workflows/option-sets/view"
import { isManager } from "../standalone/api-key"
import { handle } from "../standalone/handle"
import { anything } from "../standalone/well-formed"
import { readNewOptionSet } from "./read"
import { listOptionSetsQuery } from "./validators"

/** Option sets, oldest first. Without an API key those of products that the shop shows only. */
export const GET = handle({ query: listOptionSetsQuery }, async ({ req, scope, query }) => {
  const published_only = !(await isManager(req))
  const { product_id, limit, offset } = query
  const { option_sets, count } = await listOptionSetViews(scope, {
    ...{ limit, offset, published_only },
    ...(product_id === undefined ? {} : { product_ids: [product_id] }),
  })
  return { body: { option_sets, count, limit, offset } }
})

/**
 * Saves an option set. Amounts per unit in major units, `price_delta` in the store's default currency, `price_deltas` in
 * others. 400 with every fault, 404 for an unknown product, 422 for a key, value or product option that is taken.
 */
export const POST = handle(anything, async ({ scope, body }) => {
  const input = await readNewOptionSet(scope, body)
  const { result: id } = await createPersonalizationOptionSetWorkflow(scope).run({ input })
  return { status: 201, body: { option_set: await retrieveOptionSetView(scope, id, false) } }
})
