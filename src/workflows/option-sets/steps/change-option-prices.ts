// Changes the plain amounts of options that stay; every other price of their price sets is left alone.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { changeAmounts, type PriceChange } from "../prices"

/** Sets or takes away amounts, in major units by currency; its compensation puts the former ones back. */
export const changePersonalizationOptionPricesStep = createStep(
  "change-personalization-option-prices",
  async (changes: PriceChange[], { container }) =>
    new StepResponse(undefined, await changeAmounts(container, changes)),
  async (undo, { container }) => {
    if (undo) {
      await changeAmounts(container, undo)
    }
  }
)
