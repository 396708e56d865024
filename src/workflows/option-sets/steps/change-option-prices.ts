// Changes the plain amounts of options that stay; every other price of their price sets is left alone.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { removeAmounts, setAmounts, type PriceChange } from "../prices"

/** Sets amounts, in major units by currency; its compensation puts the former ones back. */
export const setPersonalizationOptionPricesStep = createStep(
  "set-personalization-option-prices",
  async (changes: PriceChange[], { container }) =>
    new StepResponse(undefined, await setAmounts(container, changes)),
  async (undo, { container }) => {
    if (undo) {
      await setAmounts(container, undo)
      await removeAmounts(container, undo)
    }
  }
)

/** Takes away the amounts that are null; its compensation sets them again. */
export const removePersonalizationOptionPricesStep = createStep(
  "remove-personalization-option-prices",
  async (changes: PriceChange[], { container }) =>
    new StepResponse(undefined, await removeAmounts(container, changes)),
  async (undo, { container }) => {
    if (undo) {
      await setAmounts(container, undo)
    }
  }
)
