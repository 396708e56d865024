// Works through everything that is due, with a bounded number of attempts under way.
import type { Logger } from "@medusajs/framework/types"
import type { PersonalizationWebhookModuleService } from "../../../modules/personalization_webhook"
import { deliver } from "./deliver"

/** Attempts under way at a time in one run. */
const MAX_IN_FLIGHT = 16
/** A run claims nothing more after this time, in milliseconds; the next one goes on. */
const RUN_BUDGET_MS = 60_000

/** What a run did. `unfinished`: time was up before all was tried. */
export type DeliveryRun = { attempts: number; unfinished: boolean }

/**
 * Attempts deliveries until none is due. A place that gets free is filled at once, so a slow receiver holds up only
 * its own. Each failure that will be retried gets its own wake-up.
 */
export async function deliverAll(
  service: PersonalizationWebhookModuleService,
  logger: Logger
): Promise<DeliveryRun> {
  const inFlight = new Set<Promise<void>>()
  const endsAt = performance.now() + RUN_BUDGET_MS
  let attempts = 0
  let unfinished = false
  for (;;) {
    const inTime = performance.now() < endsAt
    const free = MAX_IN_FLIGHT - inFlight.size
    const claimed = inTime && free > 0 ? await service.claimDeliveries(free) : []
    unfinished = !inTime
    for (const delivery of claimed) {
      attempts += 1
      const work = deliver(service, logger, delivery)
        .then(async (retryIn) => {
          if (retryIn !== null) {
            await service.wakeDispatcher(retryIn)
          }
        })
        .catch((error: unknown) => {
          logger.error(`personalization: attempt ${delivery.attempt_id} was lost: ${String(error)}`)
        })
        .finally(() => inFlight.delete(work))
      inFlight.add(work)
    }
    if (inFlight.size === 0) {
      return { attempts, unfinished }
    }
    await Promise.race(inFlight)
  }
}
