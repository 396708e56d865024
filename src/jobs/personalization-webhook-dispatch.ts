// Every minute: find webhooks and inbox events whose wake-up was lost.
import type { MedusaContainer } from "@medusajs/framework/types"
import { reconcilePersonalizationWebhooksWorkflow } from "../workflows/webhooks/workflows/reconcile"

export default async function reconcileWebhooks(container: MedusaContainer): Promise<void> {
  await reconcilePersonalizationWebhooksWorkflow(container).run()
}

export const config = {
  name: "personalization-webhook-dispatch",
  schedule: "* * * * *",
}
