// Deletes a set softly. Its price sets stay for the designs in progress that go on with it.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { notFound } from "../../../lib/errors"
import { personalization } from "../../services"

/** Answers the set's id. @throws AppError 404 `option_set_not_found` */
export const deletePersonalizationOptionSetStep = createStep(
  "delete-personalization-option-set",
  async (id: string, { container }) => {
    const deleted = await personalization(container).optionSets.softDelete(id)
    if (!deleted) {
      throw notFound("option_set")
    }
    return new StepResponse(id, { id, deleted_at: deleted.deleted_at })
  },
  async (deleted, { container }) => {
    if (deleted) {
      await personalization(container).optionSets.restore(deleted.id, deleted.deleted_at)
    }
  }
)
