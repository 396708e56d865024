// Where the counts of rate limits lie that processes share: in Redis when one is configured, in Postgres otherwise.
import { Redis } from "ioredis"
import {
  RateLimiterPostgres,
  RateLimiterRedis,
  type IRateLimiterOptions,
  type RateLimiterAbstract,
} from "rate-limiter-flexible"

/** The table that the migration makes. */
const TABLE = "personalization_rate_limit"
/** The prefix of the queues in Redis, too. */
const NAMESPACE = "personalization"
/** A count that takes longer than this many milliseconds is given up. */
const REDIS_MS = 300

/** Counts that are shared. */
export type SharedCounters = {
  limiter(options: IRateLimiterOptions & { keyPrefix: string; points: number }): RateLimiterAbstract
  close(): Promise<void>
}
/** Where they may lie. `connection` is Medusa's Knex; `redis_url` wins, an empty one is none. */
export type CountersConnection = { redis_url?: string | undefined; connection?: unknown }

/** @returns null when there is neither, as in tests of one module alone: then each process counts for itself */
export function openCounters({ redis_url, connection }: CountersConnection): SharedCounters | null {
  if (redis_url) {
    return redisCounters(redis_url)
  }
  return connection === undefined ? null : postgresCounters(connection)
}

function redisCounters(url: string): SharedCounters {
  const client = new Redis(url, { commandTimeout: REDIS_MS, maxRetriesPerRequest: 1 })
  // Counts that fail are told of where they are asked for; without a listener every try to connect would be printed.
  client.on("error", () => undefined)
  return {
    limiter: (options) =>
      new RateLimiterRedis({
        ...options,
        keyPrefix: `${NAMESPACE}:${options.keyPrefix}`,
        storeClient: client,
        inMemoryBlockOnConsumed: options.points,
      }),
    close: async () => client.disconnect(),
  }
}

function postgresCounters(connection: unknown): SharedCounters {
  return {
    limiter: (options) =>
      new RateLimiterPostgres({
        ...options,
        storeClient: connection,
        storeType: "knex",
        tableName: TABLE,
        tableCreated: true,
        // The hourly job removes them.
        clearExpiredByTimeout: false,
        inMemoryBlockOnConsumed: options.points,
      }),
    close: async () => undefined,
  }
}
