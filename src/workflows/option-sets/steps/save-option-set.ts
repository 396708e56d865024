// Writes a planned set with its options, in one transaction.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { OptionSetDraft } from "../../../modules/personalization/option-set-store"
import { personalization } from "../../services"
import type { OptionSetPlan } from "../plan"

export type SaveOptionSetInput = {
  plan: OptionSetPlan
  /** The price sets that were made for `plan.new_prices`, in that order. */
  price_set_ids: string[]
}

/** Saves a new set; answers its id. @throws AppError 422 when another request was faster */
export const createPersonalizationOptionSetStep = createStep(
  "create-personalization-option-set",
  async (input: SaveOptionSetInput, { container }) => {
    const { id } = await personalization(container).optionSets.insert(pricedDraft(input))
    return new StepResponse(id, id)
  },
  async (id, { container }) => {
    if (id) {
      await personalization(container).optionSets.remove(id)
    }
  }
)

/** Saves a change; answers the set's id. @throws AppError 404, 409 or 422 when another request was faster */
export const updatePersonalizationOptionSetStep = createStep(
  "update-personalization-option-set",
  async (input: SaveOptionSetInput, { container }) => {
    const { base } = input.plan
    if (!base) {
      throw new Error("A change of an option set was planned without the set.")
    }
    await personalization(container).optionSets.replace(base, pricedDraft(input))
    return new StepResponse(base.id, base)
  },
  async (base, { container }) => {
    if (base) {
      await personalization(container).optionSets.putBack(base)
    }
  }
)

function pricedDraft({ plan, price_set_ids }: SaveOptionSetInput): OptionSetDraft {
  return {
    ...plan.draft,
    options: plan.draft.options.map((option, index) => ({
      ...option,
      price_set_id: option.price_set_id ?? price_set_ids[plan.price_index[index] ?? -1] ?? null,
    })),
  }
}
