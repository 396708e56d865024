// Saving versions of templates, and listing them.
import { listTemplates } from "../../workflows/templates/read-templates"
import { createPersonalizationTemplateWorkflow } from "../../workflows/templates/workflows/create-template"
import { hasApiKey } from "../standalone/api-key"
import { handle } from "../standalone/handle"
import { createTemplateBody, listTemplatesQuery } from "./validators"
import { savedView, templateView } from "./view"

/** Templates by product and version. Without an API key only published ones of published products are there. */
export const GET = handle({ query: listTemplatesQuery }, async ({ req, scope, query }) => {
  const { templates, count } = await listTemplates(scope, {
    ...query,
    public_only: !(await hasApiKey(req)),
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

/** Saves a version of a product's template; `warnings` are no errors. 400 with every fault of the definition, 404, 422. */
export const POST = handle({ body: createTemplateBody }, async ({ scope, body }) => {
  const { result } = await createPersonalizationTemplateWorkflow(scope).run({ input: body })
  return { status: 201, body: savedView(result) }
})
