// A payment captured in Medusa, in the dashboard for instance, makes its order paid.
import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { PaymentEvents } from "@medusajs/framework/utils"
import { findOrderOfPayment } from "../workflows/payments/payment-sessions"
import { syncPersonalizationOrderWorkflow } from "../workflows/orders/workflows/sync-order"

export default async function paymentSync({
  event,
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  const orderId = await findOrderOfPayment(container, event.data.id)
  if (orderId) {
    await syncPersonalizationOrderWorkflow(container).run({ input: { order_id: orderId } })
  }
}

export const config: SubscriberConfig = {
  event: PaymentEvents.CAPTURED,
  context: { subscriberId: "personalization-payment-sync" },
}
