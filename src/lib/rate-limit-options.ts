// The options of rate limits: how much of what costs us one visitor, and one address, may ask for.
import { z } from "@medusajs/framework/zod"

const count = (fallback: number) => z.int().min(1).max(1_000_000).default(fallback)

/** Requests within `window_seconds`, of one visitor and from one address. */
const limits = (perVisitor: number, perAddress: number) =>
  z.strictObject({ per_visitor: count(perVisitor), per_address: count(perAddress) }).prefault({})

/**
 * The `rate_limits` block of the plugin's options. Counts are shared by all processes: in Redis where one is configured,
 * else in Postgres; each process counts for itself while that does not answer.
 */
export const rateLimitOptionsSchema = z
  .strictObject({
    /** `false` for a host whose gateway does this. */
    enabled: z.boolean().default(true),
    /** The time that the limits are about, in seconds. */
    window_seconds: z.int().min(1).max(86_400).default(60),
    /** `POST /sessions`, and `POST /cart/items` where it makes a new visitor. */
    sessions: limits(30, 120),
    /** `POST /sessions/:id/uploads`. */
    uploads: limits(30, 120),
    /** `POST /sessions/:id/preview`. */
    previews: limits(120, 600),
  })
  .prefault({})

/** The rate limits, every default filled in. */
export type RateLimitOptions = z.output<typeof rateLimitOptionsSchema>
/** What is counted. */
export type LimitedAction = "sessions" | "uploads" | "previews"
