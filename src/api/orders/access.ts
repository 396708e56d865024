// Who may see an order: the visitor that placed it, whoever holds its token, the shop. For others it does not exist.
import { notFound } from "../../lib/errors"
import { verifyOrderToken } from "../../lib/order-token"
import {
  PERSONALIZATION_PRODUCTION_MODULE,
  type PersonalizationProductionModuleService,
} from "../../modules/personalization_production"
import type { ProductionOrderRow } from "../../modules/personalization_production/types"
import { hasApiKey } from "../standalone/api-key"
import type { Call } from "../standalone/handle"
import { optionalVisitor } from "../standalone/visitor"

/** The order's production record. @throws AppError 404 `order_not_found` for unknown and foreign ones alike. */
export async function requireOrder(
  call: Call<unknown, { token?: string | undefined }>
): Promise<ProductionOrderRow> {
  const order = await readOrder(call)
  if (!(await maySee(call, order))) {
    throw notFound("order")
  }
  return order
}

/** The same without asking who wants it, for routes that only the shop can call. @throws AppError 404 `order_not_found`. */
export async function readOrder(
  call: Pick<Call<unknown, unknown>, "scope" | "params">
): Promise<ProductionOrderRow> {
  const service = call.scope.resolve<PersonalizationProductionModuleService>(
    PERSONALIZATION_PRODUCTION_MODULE
  )
  const [order] = await service.listProductionOrders(
    { order_id: call.params.orderId ?? "" },
    { take: 1 }
  )
  if (!order) {
    throw notFound("order")
  }
  return order
}

async function maySee(
  call: Call<unknown, { token?: string | undefined }>,
  order: ProductionOrderRow
): Promise<boolean> {
  const { token } = call.query
  if (token !== undefined && verifyOrderToken(call.options.secret, order.order_id, token)) {
    return true
  }
  const visitor = await optionalVisitor(call)
  if (visitor && visitor.id === order.visitor_id) {
    return true
  }
  return hasApiKey(call.req)
}
