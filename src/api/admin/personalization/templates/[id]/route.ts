// One template on the dashboard's door: reading, changing and deleting it.
import { deletePersonalizationTemplateWorkflow } from "../../../../../workflows/templates/workflows/delete-template"
import { updatePersonalizationTemplateWorkflow } from "../../../../../workflows/templates/workflows/update-template"
import { toWireIssue } from "../../../../../lib/errors"
import { medusaHandle } from "../../../../medusa/handle"
import { anything } from "../../../../standalone/well-formed"
import { readTemplateChange } from "../../../../templates/read"
import { retrieveTemplate } from "../retrieve"

/** One template, whatever its status. */
export const GET = medusaHandle({}, async ({ req, params }) => {
  return { body: { template: await retrieveTemplate(req, params.id ?? "") } }
})

/** Changes what is given, all of it or nothing. 400 with every fault, those of the definition among them, 404, 409. */
export const POST = medusaHandle(anything, async ({ req, scope, body, params }) => {
  const id = params.id ?? ""
  const changes = await readTemplateChange(scope, id, body)
  const { result } = await updatePersonalizationTemplateWorkflow(scope).run({
    input: { ...changes, id },
  })
  return {
    body: {
      template: await retrieveTemplate(req, id),
      warnings: result.warnings.map(toWireIssue),
    },
  }
})

/** Deletes a version softly. 404, and 409 for the default while another one is published. */
export const DELETE = medusaHandle({}, async ({ scope, params }) => {
  const { result: id } = await deletePersonalizationTemplateWorkflow(scope).run({
    input: { id: params.id ?? "" },
  })
  return { body: { id, object: "template", deleted: true } }
})
