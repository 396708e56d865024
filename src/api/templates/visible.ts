// Who may see which template on the standalone door.
import type { MedusaRequest } from "@medusajs/framework/http"
import { notFound } from "../../lib/errors"
import type { TemplateRow } from "../../modules/personalization/service"
import { findTemplate } from "../../workflows/templates/read-templates"
import { isManager } from "../standalone/api-key"

/**
 * A template that the caller may see: anybody a published one of a published product, a valid API key every one.
 * @throws AppError 404 `template_not_found`, the same for one that is hidden, deleted or never was; 403
 *   `invalid_api_key`
 */
export async function visibleTemplate(req: MedusaRequest, id: string): Promise<TemplateRow> {
  const managed = await isManager(req)
  const found = await findTemplate(req.scope, id)
  if (!found || !(found.is_public || managed)) {
    throw notFound("template")
  }
  return found.template
}
