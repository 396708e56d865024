// Who may see which template on the standalone door.
import type { MedusaRequest } from "@medusajs/framework/http"
import { notFound } from "../../lib/errors"
import type { TemplateRow } from "../../modules/personalization/service"
import { findTemplate } from "../../workflows/templates/read-templates"
import { hasApiKey } from "../standalone/api-key"

/**
 * A template that the caller may see: anybody a published one of a published product, a valid API key every one.
 * @throws AppError 404 `template_not_found`, the same for one that is hidden, deleted or never was
 */
export async function visibleTemplate(req: MedusaRequest, id: string): Promise<TemplateRow> {
  const found = await findTemplate(req.scope, id)
  if (!found || !(found.is_public || (await hasApiKey(req)))) {
    throw notFound("template")
  }
  return found.template
}
