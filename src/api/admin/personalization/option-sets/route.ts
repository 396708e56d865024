// Option sets on the dashboard's door: listing and saving.
import { createPersonalizationOptionSetWorkflow } from "../../../../workflows/option-sets/workflows/create-option-set"
import { medusaHandle } from "../../../medusa/handle"
import { readNewOptionSet } from "../../../optionsets/read"
import { anything } from "../../../standalone/well-formed"
import { readOptionSet, readOptionSets } from "./read"

/** Option sets in Medusa's form of a list: `fields`, `limit`, `offset`, `order` and `product_id`. */
export const GET = medusaHandle({}, async ({ req }) => {
  const { skip: offset = 0, take: limit = 20 } = req.queryConfig.pagination
  const { product_id } = req.filterableFields as { product_id?: string | string[] }
  const page = await readOptionSets(req, {
    ...{ limit, offset },
    ...(product_id === undefined ? {} : { product_ids: [product_id].flat() }),
  })
  return { body: { ...page, limit, offset } }
})

/** Saves an option set. 400 with every fault, 404, 422. */
export const POST = medusaHandle(anything, async ({ req, scope, body }) => {
  const input = await readNewOptionSet(scope, body)
  const { result: id } = await createPersonalizationOptionSetWorkflow(scope).run({ input })
  return { body: { option_set: await readOptionSet(req, id) } }
})
