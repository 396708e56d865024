// Finds what events have missed: orders of ours without a production record, and records that Medusa's side is ahead of.
import type { MedusaContainer } from "@medusajs/framework/types"
import { reconcilePersonalizationOrders } from "../workflows/orders/reconcile-orders"

export default async function reconcileOrders(container: MedusaContainer): Promise<void> {
  await reconcilePersonalizationOrders(container)
}

export const config = {
  name: "personalization-order-reconcile",
  schedule: "* * * * *",
}
