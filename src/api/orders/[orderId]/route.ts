// One order's page.
import { buildOrderPage } from "../../../workflows/orders/order-page"
import { handle } from "../../standalone/handle"
import { requireOrder } from "../access"
import { orderQuery } from "../validators"

/** Where the order stands, for those who may see it; 404 for everybody else. */
export const GET = handle({ query: orderQuery }, async (call) => {
  const record = await requireOrder(call)
  return { body: await buildOrderPage(call.scope, record) }
})
