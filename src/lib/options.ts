// Every option of the plugin, with its meaning and default. Parsed once per module at load; a bad one stops the start by name.
import { z } from "@medusajs/framework/zod"
import { isProxy } from "./client-address"
import { rateLimitOptionsSchema } from "./rate-limit-options"
import { renderOptionsSchema } from "./render-options"
import { uploadOptionsSchema } from "./upload-options"

const DAY_SECONDS = 86_400

/** The options a host gives in `plugins: [{ resolve: "medusa-plugin-personalization", options }]`. */
export const optionsSchema = z.strictObject({
  /**
   * Key material, at least 32 characters, the same on every process of a store. File links, order tokens and the
   * envelopes of stored secrets are derived from it. No default.
   */
  secret: z.string().min(32, "needs at least 32 characters"),
  /** Where customers and partners reach this server; prefix of every absolute URL we give out. No trailing slash. */
  public_url: z
    .url({ protocol: /^https?$/ })
    .transform((value) => value.replace(/\/+$/, ""))
    .default("http://localhost:9000"),
  /** Serve the paths at the root (`/products`, `/sessions`, `/cart`, ...). `false` leaves `/store` and `/admin` only. */
  standalone_api: z.boolean().default(true),
  /** BullMQ's Redis. Default: the project's `redisUrl`; without either, queues live in Postgres. */
  redis_url: z.string().min(1).optional(),
  catalog: z
    .strictObject({
      /**
       * The sales channel whose products and stock the paths at the root show. Default: the store's default sales
       * channel.
       */
      sales_channel_id: z.string().min(1).optional(),
      /** How long an answer of the catalog is kept, in seconds; 0 keeps none. Changes are seen earlier. */
      cache_ttl_seconds: z.int().min(0).max(86_400).default(60),
      /**
       * Bytes of memory that kept answers may take in a process; as many bytes of answers and their names does a process
       * write to the shared cache (Redis) within `cache_ttl_seconds`, and no more.
       */
      cache_max_bytes: z.int().min(65_536).default(33_554_432),
    })
    .prefault({}),
  session: z
    .strictObject({
      /** How long a design in progress is kept after its last change, in seconds. */
      ttl_seconds: z
        .int()
        .min(60)
        .default(30 * DAY_SECONDS),
    })
    .prefault({}),
  uploads: uploadOptionsSchema,
  rate_limits: rateLimitOptionsSchema,
  /**
   * The proxies in front of the server whose `X-Forwarded-For` is believed: addresses, subnets (`10.0.0.0/8`), or
   * `loopback`, `linklocal`, `uniquelocal`. Default: none, the address of the socket counts.
   */
  trusted_proxies: z
    .array(
      z.string().refine(isProxy, {
        error: ({ input }) => `${String(input)} is no address, subnet or known name`,
      })
    )
    .default([]),
  privacy: z
    .strictObject({
      /**
       * How long the designs of orders keep the visitor's texts and pictures after the order was delivered or canceled,
       * in days. Default: two years, the time of the legal guarantee in the EU (Directive (EU) 2019/771, Article 10).
       */
      order_design_retention_days: z.int().min(0).max(36_500).default(730),
    })
    .prefault({}),
  render: renderOptionsSchema,
  webhooks: z
    .strictObject({
      /**
       * Host names (or IP addresses) that outgoing webhooks may reach although they are private or plain HTTP, for
       * receivers on a developer's machine: `["localhost"]`. Default: none, which is right in production.
       */
      allow_hosts: z.array(z.string().min(1)).default([]),
    })
    .prefault({}),
})

/** The parsed options, every default filled in. */
export type PersonalizationOptions = z.output<typeof optionsSchema>
/** The options as a host writes them. */
export type PersonalizationOptionsInput = z.input<typeof optionsSchema>

/**
 * Parses what a module was given.
 * @throws Error that names every faulty option, so that a misconfigured store does not start.
 */
export function parseOptions(input: unknown): PersonalizationOptions {
  // Medusa adds its database settings to whatever a module was given.
  const { database: _database, ...given } = (input ?? {}) as Record<string, unknown>
  const result = optionsSchema.safeParse(given)
  if (result.success) {
    return result.data
  }
  const faults = result.error.issues.map(
    (issue) => `  - ${issue.path.join(".") || "(options)"}: ${issue.message}`
  )
  throw new Error(`medusa-plugin-personalization: invalid options\n${faults.join("\n")}`)
}
