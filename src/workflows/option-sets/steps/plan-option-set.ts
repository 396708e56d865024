// Checks what is to be saved and decides what saving it comes to. Writes nothing.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { CreateOptionSetInput, UpdateOptionSetInput } from "../input"
import { planNewOptionSet, planOptionSetChange } from "../plan"

/** Plans a new set. @throws AppError as `planNewOptionSet` */
export const planPersonalizationOptionSetStep = createStep(
  "plan-personalization-option-set",
  async (input: CreateOptionSetInput, { container }) =>
    new StepResponse(await planNewOptionSet(container, input))
)

/** Plans a change. @throws AppError as `planOptionSetChange` */
export const planPersonalizationOptionSetChangeStep = createStep(
  "plan-personalization-option-set-change",
  async (input: UpdateOptionSetInput, { container }) =>
    new StepResponse(await planOptionSetChange(container, input))
)
