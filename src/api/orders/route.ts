// The shop's list of orders in production.
import {
  PERSONALIZATION_PRODUCTION_MODULE,
  type PersonalizationProductionModuleService,
} from "../../modules/personalization_production"
import { orderSummary } from "../../workflows/orders/order-page"
import { handle } from "../standalone/handle"
import { ordersQuery } from "./validators"

/** Newest first. */
export const GET = handle({ query: ordersQuery }, async (call) => {
  const { status, limit, offset } = call.query
  const service = call.scope.resolve<PersonalizationProductionModuleService>(
    PERSONALIZATION_PRODUCTION_MODULE
  )
  const [records, count] = await service.listAndCountProductionOrders(status ? { status } : {}, {
    take: limit,
    skip: offset,
    order: { created_at: "DESC", id: "DESC" },
  })
  return { body: { orders: records.map(orderSummary), count, limit, offset } }
})
