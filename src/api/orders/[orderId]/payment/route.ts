// Another try at paying an order.
import { retryPersonalizationPaymentWorkflow } from "../../../../workflows/payments/workflows/retry-payment"
import { retryBody } from "../../../checkout/validators"
import { handle } from "../../../standalone/handle"
import { requireOrder } from "../../access"
import { orderQuery } from "../../validators"

/** A fresh payment while the order is `created`; 409 otherwise. The payment before cannot be paid any more. */
export const POST = handle({ body: retryBody, query: orderQuery }, async (call) => {
  const record = await requireOrder(call)
  const { result } = await retryPersonalizationPaymentWorkflow(call.scope).run({
    input: { order_id: record.order_id, ...call.body },
  })
  return { body: { payment: result } }
})
