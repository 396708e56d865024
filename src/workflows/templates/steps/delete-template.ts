// Deletes a version of a template softly: sessions, carts and orders that use it go on.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { personalization } from "../../services"

/** Deletes the template. @throws AppError 404 `template_not_found`, 409 `default_template`. */
export const deletePersonalizationTemplateStep = createStep(
  "delete-personalization-template",
  async (input: { id: string }, { container }) => {
    const deleted = await personalization(container).deleteTemplateVersion(input.id)
    return new StepResponse(deleted.id, deleted)
  },
  async (deleted, { container }) => {
    if (deleted) {
      await personalization(container).undoDeleteTemplateVersion(deleted)
    }
  }
)
