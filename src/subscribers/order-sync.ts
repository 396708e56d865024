// What happens to an order in Medusa reaches its production record at once; the reconciler finds what this misses.
import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { syncPersonalizationOrderWorkflow } from "../workflows/orders/workflows/sync-order"

export default async function orderSync({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await syncPersonalizationOrderWorkflow(container).run({ input: { order_id: event.data.id } })
}

export const config: SubscriberConfig = {
  event: ["order.placed", "order.canceled"],
  context: { subscriberId: "personalization-order-sync" },
}
