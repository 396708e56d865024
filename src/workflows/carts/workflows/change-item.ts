// Changes the quantity of a cart's line, or takes it out.
import {
  acquireLockStep,
  deleteLineItemsWorkflow,
  releaseLockStep,
  updateLineItemInCartWorkflow,
} from "@medusajs/medusa/core-flows"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  when,
} from "@medusajs/framework/workflows-sdk"
import { notFound } from "../../../lib/errors"
import { readCart } from "../cart-record"
import { CART_LOCK } from "../lock"

export type ChangeItemInput = {
  cart_id: string
  item_id: string
  /** From 0, which removes the line, to 999. */
  quantity: number
}

const findPersonalizationCartItemStep = createStep(
  "find-personalization-cart-item",
  async (input: ChangeItemInput, { container }) => {
    const cart = await readCart(container, input.cart_id)
    if (!cart?.items.some(({ id }) => id === input.item_id)) {
      throw notFound("cart_item")
    }
    return new StepResponse(input.quantity)
  }
)

/** Sets a line's quantity under the cart's lock; 0 removes it. @throws AppError 404 `cart_item_not_found`. */
export const changePersonalizationItemWorkflow = createWorkflow(
  "change-personalization-item",
  (input: ChangeItemInput) => {
    acquireLockStep(transform({ input }, ({ input }) => ({ key: input.cart_id, ...CART_LOCK })))
    const quantity = findPersonalizationCartItemStep(input)
    when("item-stays", { quantity }, ({ quantity }) => quantity > 0).then(() => {
      updateLineItemInCartWorkflow.runAsStep({
        input: transform({ input }, ({ input }) => ({
          cart_id: input.cart_id,
          item_id: input.item_id,
          update: { quantity: input.quantity },
        })),
      })
    })
    when("item-goes", { quantity }, ({ quantity }) => quantity === 0).then(() => {
      deleteLineItemsWorkflow.runAsStep({
        input: transform({ input }, ({ input }) => ({
          cart_id: input.cart_id,
          ids: [input.item_id],
        })),
      })
    })
    releaseLockStep(transform({ input }, ({ input }) => ({ key: input.cart_id })))
  }
)
