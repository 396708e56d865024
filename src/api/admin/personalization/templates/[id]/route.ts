// One template on the dashboard's door: reading, changing and deleting it.
import { deletePersonalizationTemplateWorkflow } from "../../../../../workflows/templates/workflows/delete-template"
import { updatePersonalizationTemplateWorkflow } from "../../../../../workflows/templates/workflows/update-template"
import { toWireIssue } from "../../../../../lib/errors"
import { medusaHandle } from "../../../../medusa/handle"
import { updateTemplateBody } from "../../../../templates/validators"
import { retrieveTemplate } from "../retrieve"

/** One template, whatever its status. */
export const GET = medusaHandle({}, async ({ req, params }) => {
  return { body: { template: await retrieveTemplate(req, params.id ?? "") } }
})

/** Changes what is given, all of it or nothing. 400 with every fault of the definition, 404, 409. */
export const POST = medusaHandle(
  { body: updateTemplateBody },
  async ({ req, scope, body, params }) => {
    const id = params.id ?? ""
    const { result } = await updatePersonalizationTemplateWorkflow(scope).run({
      input: { ...body, id },
    })
    return {
      body: {
        template: await retrieveTemplate(req, id),
        warnings: result.warnings.map(toWireIssue),
      },
    }
  }
)

/** Deletes a version softly. 404, and 409 for the default while another one is published. */
export const DELETE = medusaHandle({}, async ({ scope, params }) => {
  const { result: id } = await deletePersonalizationTemplateWorkflow(scope).run({
    input: { id: params.id ?? "" },
  })
  return { body: { id, object: "template", deleted: true } }
})
