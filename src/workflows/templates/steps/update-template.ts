// Changes a version of a template: its name, its status, the default mark, and its definition while nothing uses it.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { TemplateStatus } from "../../../domain/template/lifecycle"
import { notFound } from "../../../lib/errors"
import { personalization } from "../../services"
import { parseDefinition } from "../check-definition"

/** What is left out stays as it is. */
export type UpdateTemplateInput = {
  id: string
  name?: string | undefined
  status?: TemplateStatus | undefined
  is_default?: boolean | undefined
  definition?: unknown
}

/**
 * Changes the template, all of it or nothing; `warnings` are what its designer should look at in a definition given.
 * @throws AppError 404 `template_not_found`, 400 with every fault of the definition, 400 `default_must_be_published`,
 *   409 `template_in_use`, `status_not_allowed`, `default_template`.
 */
export const updatePersonalizationTemplateStep = createStep(
  "update-personalization-template",
  async (input: UpdateTemplateInput, { container }) => {
    const service = personalization(container)
    const { id, name, status, is_default } = input
    const [found] = await service.listTemplates({ id }, { select: ["id", "product_id"], take: 1 })
    if (!found) {
      throw notFound("template")
    }
    const parsed =
      input.definition === undefined
        ? undefined
        : await parseDefinition(container, input.definition, found.product_id)
    const { template, undo } = await service.updateTemplateVersion(id, {
      name,
      status,
      is_default,
      definition: parsed?.definition,
    })
    return new StepResponse({ template, warnings: parsed?.warnings ?? [] }, undo)
  },
  async (undo, { container }) => {
    if (undo) {
      await personalization(container).undoUpdateTemplateVersion(undo)
    }
  }
)
