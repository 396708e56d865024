// Puts a design, or a plain variant, into a cart.
import { acquireLockStep, addToCartWorkflow, releaseLockStep } from "@medusajs/medusa/core-flows"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { CART_LOCK } from "../lock"
import type { PriceContext } from "../../catalog/region"
import { DESIGN_METADATA_KEY, designIdOf, freezeDesign } from "../../designs/freeze-design"
import type { SessionOwner } from "../../../modules/personalization/service"
import { personalization } from "../../services"
import { retrieveOwnSession } from "../../sessions/context"

export type AddItemInput = {
  /** Whose session it is. */
  owner: SessionOwner
  cart_id: string
  price_context: PriceContext
  /** A session to freeze and buy, or none for a plain variant. */
  session_id?: string | undefined
  variant_id?: string | undefined
  quantity: number
}

/** A line as Medusa takes it. */
type NewLine = {
  variant_id: string | undefined
  quantity: number
  /** Per unit, in major units of the cart's currency. */
  unit_price?: number
  metadata?: Record<string, unknown>
}

const preparePersonalizationCartItemStep = createStep(
  "prepare-personalization-cart-item",
  async (input: AddItemInput, { container }) => {
    if (!input.session_id) {
      const plain: NewLine = { variant_id: input.variant_id, quantity: input.quantity }
      return new StepResponse(plain, null)
    }
    const session = await retrieveOwnSession(container, input.session_id, input.owner)
    const { design, held } = await freezeDesign(container, session, input)
    const line: NewLine = {
      variant_id: design.variant_id,
      quantity: input.quantity,
      // A number, as Medusa compares it with === to find the line that this one merges into.
      unit_price: Number(design.unit_price),
      metadata: { [DESIGN_METADATA_KEY]: design.id },
    }
    return new StepResponse(line, held)
  },
  async (held, { container }) => {
    if (held) {
      await personalization(container).releaseDesign(held)
    }
  }
)

const arrivePersonalizationDesignStep = createStep(
  "arrive-personalization-design",
  async ({ cart_id, item }: { cart_id: string; item: NewLine }, { container }) => {
    const id = designIdOf(item)
    if (id) {
      await personalization(container).arriveDesign({ id, cart_id })
    }
    return new StepResponse(undefined)
  }
)

/**
 * Freezes the session's design and adds it under the cart's lock with its own unit price; equal designs merge.
 * @throws AppError as `freezeDesign`
 */
export const addPersonalizationItemWorkflow = createWorkflow(
  "add-personalization-item",
  (input: AddItemInput) => {
    acquireLockStep(transform({ input }, ({ input }) => ({ key: input.cart_id, ...CART_LOCK })))
    const item = preparePersonalizationCartItemStep(input)
    addToCartWorkflow.runAsStep({
      input: transform({ input, item }, ({ input, item }) => ({
        cart_id: input.cart_id,
        items: [item],
      })),
    })
    arrivePersonalizationDesignStep(
      transform({ input, item }, ({ input, item }) => ({ cart_id: input.cart_id, item }))
    )
    releaseLockStep(transform({ input }, ({ input }) => ({ key: input.cart_id })))
    return new WorkflowResponse(item)
  }
)
