// Asks for the print files of an order.
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { requestOrderPrints } from "../order-prints"

export type RequestOrderPrintsInput = {
  order_id: string
  /** Draws anew what was drawn before. */
  fresh: boolean
}

// Nothing to take back: a job that nobody needs is drawn, and swept with its order's.
const requestPersonalizationOrderPrintsStep = createStep(
  "request-personalization-order-prints",
  async ({ order_id, fresh }: RequestOrderPrintsInput, { container }) =>
    new StepResponse(await requestOrderPrints(container, order_id, { fresh }))
)

/** Records a job for each personalized line of an order, and wakes the renderer; answers the jobs. */
export const requestPersonalizationOrderPrintsWorkflow = createWorkflow(
  "request-personalization-order-prints",
  (input: RequestOrderPrintsInput) =>
    new WorkflowResponse(requestPersonalizationOrderPrintsStep(input))
)
