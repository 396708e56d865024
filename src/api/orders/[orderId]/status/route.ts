// A step of an order's life, taken by the shop.
import { changePersonalizationOrderStatusWorkflow } from "../../../../workflows/orders/workflows/change-status"
import { handle } from "../../../standalone/handle"
import { readOrder } from "../../access"
import { buildOrderPage } from "../../../../workflows/orders/order-page"
import { orderQuery, statusBody } from "../../validators"

/** 200 with the order's page; the same step again changes nothing; 409 for a step that is not allowed. */
export const POST = handle({ body: statusBody, query: orderQuery }, async (call) => {
  const { status, ...rest } = call.body
  await changePersonalizationOrderStatusWorkflow(call.scope).run({
    input: { order_id: call.params.orderId ?? "", to: status, actor: "api_key", ...rest },
  })
  return { body: await buildOrderPage(call.scope, await readOrder(call)) }
})
