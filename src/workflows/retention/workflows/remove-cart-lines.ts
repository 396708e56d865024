// Takes lines out of a cart because what they refer to goes.
import {
  acquireLockStep,
  deleteLineItemsWorkflow,
  releaseLockStep,
} from "@medusajs/medusa/core-flows"
import { createWorkflow, transform } from "@medusajs/framework/workflows-sdk"
import { CART_LOCK } from "../../carts/lock"

/** Removes lines under the cart's lock, through Medusa's own workflow, so that totals and promotions follow. */
export const removePersonalizationCartLinesWorkflow = createWorkflow(
  "remove-personalization-cart-lines",
  (input: { cart_id: string; ids: string[] }) => {
    acquireLockStep(transform({ input }, ({ input }) => ({ key: input.cart_id, ...CART_LOCK })))
    deleteLineItemsWorkflow.runAsStep({ input })
    releaseLockStep(transform({ input }, ({ input }) => ({ key: input.cart_id })))
  }
)
