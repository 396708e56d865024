// Workflow: remove what is over. Run every hour.
import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { sumCounts } from "../counts"
import { anonymizePersonalizationOrdersStep } from "../steps/anonymize-orders"
import { removeExpiredPersonalizationSessionsStep } from "../steps/remove-expired-sessions"
import { removeExpiredPersonalizationVisitorsStep } from "../steps/remove-expired-visitors"
import { removePersonalizationStraysStep } from "../steps/remove-strays"

/**
 * Removes sessions whose time is over with their designs, uploads, previews and files, unless a cart's line or an order's item
 * refers to them; anonymises orders that were delivered or canceled longer ago than `privacy.order_design_retention_days`, and
 * those whose person asked for it; removes visitors whose time is over, and what a crash left behind.
 *
 * It may be repeated, and run at the same time on several processes; a crash at any point leaves the rest to the next run.
 * Result: how many of each were removed (`RemovalCounts`).
 */
export const removeExpiredPersonalizationSessionsWorkflow = createWorkflow(
  "remove-expired-personalization-sessions",
  () => {
    // Orders first: their sessions are free then.
    const orders = anonymizePersonalizationOrdersStep()
    const sessions = removeExpiredPersonalizationSessionsStep()
    const strays = removePersonalizationStraysStep()
    const visitors = removeExpiredPersonalizationVisitorsStep()
    return new WorkflowResponse(
      transform({ orders, sessions, strays, visitors }, ({ orders, sessions, strays, visitors }) =>
        sumCounts(orders, sessions, strays, visitors)
      )
    )
  }
)
