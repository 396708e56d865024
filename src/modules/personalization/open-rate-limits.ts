// The rate limits of the app: where its processes count together.
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { PersonalizationOptions } from "../../lib/options"
import { openCounters } from "../../lib/rate-limit-counters"
import { RateLimits } from "../../lib/rate-limits"

/** What is read of what Medusa gives the module. */
export type RateLimitDependencies = {
  logger: Logger
  configModule?: { projectConfig?: { redisUrl?: string } }
}

/** On the `redis_url` option, else the project's Redis, else the project's Postgres. */
export function openRateLimits(
  dependencies: RateLimitDependencies,
  options: PersonalizationOptions
): RateLimits {
  return new RateLimits(
    options.rate_limits,
    options.secret,
    () =>
      openCounters({
        redis_url: options.redis_url ?? dependencies.configModule?.projectConfig?.redisUrl,
        connection: (dependencies as Record<string, unknown>)[
          ContainerRegistrationKeys.PG_CONNECTION
        ],
      }),
    dependencies.logger
  )
}
