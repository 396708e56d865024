// Makes the price sets of new options.
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { createPriceSets, type AmountsByCurrency } from "../prices"

/** Answers the ids in the order of the amounts. */
export const createPersonalizationOptionPriceSetsStep = createStep(
  "create-personalization-option-price-sets",
  async (amounts: AmountsByCurrency[], { container }) => {
    const ids = amounts.length > 0 ? await createPriceSets(container, amounts) : []
    return new StepResponse(ids, ids)
  },
  async (ids, { container }) => {
    if (ids && ids.length > 0) {
      await container.resolve(Modules.PRICING).deletePriceSets(ids)
    }
  }
)
