// One option set on the dashboard's door: reading, changing and deleting it.
import { withOptionSetLock } from "../../../../../workflows/option-sets/lock"
import { deletePersonalizationOptionSetWorkflow } from "../../../../../workflows/option-sets/workflows/delete-option-set"
import { updatePersonalizationOptionSetWorkflow } from "../../../../../workflows/option-sets/workflows/update-option-set"
import { medusaHandle } from "../../../../medusa/handle"
import { readOptionSetChange } from "../../../../optionsets/read"
import { anything } from "../../../../standalone/well-formed"
import { readOptionSet } from "../read"

/** One set, whatever its product's status. */
export const GET = medusaHandle({}, async ({ req, params }) => {
  return { body: { option_set: await readOptionSet(req, params.id ?? "") } }
})

/** Changes what is given, all of it or nothing. 400 with every fault, 404, 409, 422. */
export const POST = medusaHandle(anything, async ({ req, scope, body, params }) => {
  const id = params.id ?? ""
  const input = await readOptionSetChange(scope, id, body)
  await withOptionSetLock(() => updatePersonalizationOptionSetWorkflow(scope).run({ input }))
  return { body: { option_set: await readOptionSet(req, id) } }
})

/** Deletes a set softly: designs in progress go on with it. 404. */
export const DELETE = medusaHandle({}, async ({ scope, params }) => {
  const id = params.id ?? ""
  await deletePersonalizationOptionSetWorkflow(scope).run({ input: { id } })
  return { body: { id, object: "option_set", deleted: true } }
})
