// Templates on the dashboard's door: listing and saving.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createPersonalizationTemplateWorkflow } from "../../../../workflows/templates/workflows/create-template"
import { toWireIssue } from "../../../../lib/errors"
import { medusaHandle } from "../../../medusa/handle"
import { createTemplateBody } from "../../../templates/validators"
import { retrieveTemplate } from "./retrieve"

/** Templates in Medusa's form of a list: `fields`, `limit`, `offset`, `order`, `q` and filters. */
export const GET = medusaHandle({}, async ({ req, scope }) => {
  const { data: templates, metadata } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "personalization_template",
    fields: req.queryConfig.fields,
    filters: req.filterableFields,
    pagination: req.queryConfig.pagination,
  })
  return {
    body: {
      templates,
      count: metadata?.count ?? 0,
      limit: metadata?.take ?? 0,
      offset: metadata?.skip ?? 0,
    },
  }
})

/** Saves a version of a product's template. 400 with every fault of the definition, 404, 422. */
export const POST = medusaHandle({ body: createTemplateBody }, async ({ req, scope, body }) => {
  const { result } = await createPersonalizationTemplateWorkflow(scope).run({ input: body })
  return {
    body: {
      template: await retrieveTemplate(req, result.template.id),
      warnings: result.warnings.map(toWireIssue),
    },
  }
})
