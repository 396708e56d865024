// Step: remove the visitors whose time is over, and the counters of requests.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { personalization } from "../../services"
import { sumCounts } from "../counts"
import { removeExpiredVisitors } from "../remove-visitors"

/** Counters that one statement removes. */
const COUNTERS = 5000

/** What is gone cannot be taken back, so there is no compensation. */
export const removeExpiredPersonalizationVisitorsStep = createStep(
  "remove-expired-personalization-visitors",
  async (_: void, { container }) => {
    const visitors = await removeExpiredVisitors(container)
    let rate_limits = 0
    let some: number
    do {
      some = await personalization(container).retention.removeExpiredRateLimits(COUNTERS)
      rate_limits += some
    } while (some === COUNTERS)
    return new StepResponse(sumCounts({ visitors, rate_limits }))
  }
)
