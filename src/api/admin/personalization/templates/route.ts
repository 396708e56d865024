// Templates on the dashboard's door: listing and saving.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createPersonalizationTemplateWorkflow } from "../../../../workflows/templates/workflows/create-template"
import { toWireIssue } from "../../../../lib/errors"
import { medusaHandle } from "../../../medusa/handle"
import { anything } from "../../../standalone/well-formed"
import { readNewTemplate } from "../../../templates/read"
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

/** Saves a version of a product's template. 400 with every fault, those of the definition among them, 404, 422. */
export const POST = medusaHandle(anything, async ({ req, scope, body }) => {
  const input = await readNewTemplate(scope, body)
  const { result } = await createPersonalizationTemplateWorkflow(scope).run({ input })
  return {
    body: {
      template: await retrieveTemplate(req, result.template.id),
      warnings: result.warnings.map(toWireIssue),
    },
  }
})
