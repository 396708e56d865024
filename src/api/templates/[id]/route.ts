// One version of a template: reading, changing and deleting it.
import { deletePersonalizationTemplateWorkflow } from "../../../workflows/templates/workflows/delete-template"
import { updatePersonalizationTemplateWorkflow } from "../../../workflows/templates/workflows/update-template"
import { handle } from "../../standalone/handle"
import { anything } from "../../standalone/well-formed"
import { readTemplateChange } from "../read"
import { savedView, templateView } from "../view"
import { visibleTemplate } from "../visible"

/** One template. Without an API key only a published one of a published product is there. */
export const GET = handle({}, async ({ req, params }) => {
  return { body: { template: templateView(await visibleTemplate(req, params.id ?? "")) } }
})

/**
 * Changes what is given, all of it or nothing; nothing given, nothing changed. 400 with every fault, those of the
 * definition among them, 404, 409 for a definition in use and for steps that a template's life does not have.
 */
export const PUT = handle(anything, async ({ scope, body, params }) => {
  const id = params.id ?? ""
  const changes = await readTemplateChange(scope, id, body)
  const { result } = await updatePersonalizationTemplateWorkflow(scope).run({
    input: { ...changes, id },
  })
  return { body: savedView(result) }
})

/** Deletes a version softly; its number stays taken. 404, and 409 for the default while another one is published. */
export const DELETE = handle({}, async ({ scope, params }) => {
  const { result: id } = await deletePersonalizationTemplateWorkflow(scope).run({
    input: { id: params.id ?? "" },
  })
  return { body: { id, object: "template", deleted: true } }
})
