// One option set: reading, changing and deleting it.
import { withOptionSetLock } from "../../../workflows/option-sets/lock"
import { deletePersonalizationOptionSetWorkflow } from "../../../workflows/option-sets/workflows/delete-option-set"
import { updatePersonalizationOptionSetWorkflow } from "../../../workflows/option-sets/workflows/update-option-set"
import { retrieveOptionSetView } from "../../../workflows/option-sets/view"
import { isManager } from "../../standalone/api-key"
import { handle } from "../../standalone/handle"
import { anything } from "../../standalone/well-formed"
import { readOptionSetChange } from "../read"

/** One set. Without an API key only a published product's is there. */
export const GET = handle({}, async ({ req, scope, params }) => {
  const published_only = !(await isManager(req))
  return {
    body: { option_set: await retrieveOptionSetView(scope, params.id ?? "", published_only) },
  }
})

/**
 * Changes what is given, all of it or nothing. `options`, when given, are all that the set has from then on: told apart
 * by value, they keep their ids and price sets. 400 with every fault, 404, 409 when another change came in between, 422.
 */
export const PUT = handle(anything, async ({ scope, body, params }) => {
  const id = params.id ?? ""
  const input = await readOptionSetChange(scope, id, body)
  await withOptionSetLock(() => updatePersonalizationOptionSetWorkflow(scope).run({ input }))
  return { body: { option_set: await retrieveOptionSetView(scope, id, false) } }
})

/** Deletes a set softly: designs in progress go on with it. 404. */
export const DELETE = handle({}, async ({ scope, params }) => {
  const id = params.id ?? ""
  await deletePersonalizationOptionSetWorkflow(scope).run({ input: { id } })
  return { body: { id, object: "option_set", deleted: true } }
})
