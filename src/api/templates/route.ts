// Saving versions of templates, and listing them.
import { listTemplates } from "../../workflows/templates/read-templates"
import { createPersonalizationTemplateWorkflow } from "../../workflows/templates/workflows/create-template"
import { isManager } from "../standalone/api-key"
import { handle } from "../standalone/handle"
import { anything } from "../standalone/well-formed"
import { readNewTemplate } from "./read"
import { listTemplatesQuery } from "./validators"
import { savedView, templateView } from "./view"

/** Templates by product and version. Without an API key only published ones of products that the shop shows are there. */
export const GET = handle({ query: listTemplatesQuery }, async ({ req, scope, query }) => {
  const { templates, count } = await listTemplates(scope, {
    ...query,
    public_only: !(await isManager(req)),
  })
  return {
    body: {
      templates: templates.map(templateView),
      count,
      limit: query.limit,
      offset: query.offset,
    },
  }
})

/** Saves a version of a product's template; `warnings` are no errors. 400 with every fault, those of the definition among them, 404, 422. */
export const POST = handle(anything, async ({ scope, body }) => {
  const input = await readNewTemplate(scope, body)
  const { result } = await createPersonalizationTemplateWorkflow(scope).run({ input })
  return { status: 201, body: savedView(result) }
})
