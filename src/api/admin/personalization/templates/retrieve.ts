// Reads one template for the dashboard's door.
import type { MedusaRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { notFound } from "../../../../lib/errors"

/** The fields of a template that the request asks for. @throws AppError 404 `template_not_found` */
export async function retrieveTemplate(
  req: MedusaRequest,
  id: string
): Promise<Record<string, unknown>> {
  const { data } = await req.scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "personalization_template",
    fields: req.queryConfig.fields,
    filters: { id },
  })
  const [template] = data
  if (!template) {
    throw notFound("template")
  }
  return template
}
