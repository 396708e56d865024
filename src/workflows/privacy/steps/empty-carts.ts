// Step: take a person's designs out of open carts.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { openCartLines } from "../../retention/references"
import { removeCartLines } from "../../retention/remove-cart-lines"
import { readScope } from "../scope"
import type { PersonKey } from "../types"

/** Lines whose design goes cannot come back, so there is no compensation. @throws AppError 503 `cart_busy` */
export const emptyPersonalizationCartsStep = createStep(
  "empty-personalization-carts",
  async (person: PersonKey, { container }) => {
    const { designs } = await readScope(container, person)
    const lines = await openCartLines(container, designs)
    return new StepResponse({ cart_lines: await removeCartLines(container, lines) })
  }
)
