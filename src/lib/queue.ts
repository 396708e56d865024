// BullMQ on whichever store is configured: Redis when there is a URL for it, Postgres otherwise. One API for both.
import type { Logger } from "@medusajs/framework/types"
import { Queue, Worker, createPostgresBackend, type Job, type JobsOptions } from "bullmq"
import { randomUUID } from "node:crypto"

/** The Postgres schema BullMQ keeps its tables in, and its key prefix in Redis. */
const NAMESPACE = "personalization"
/** Connections a Postgres-backed queue or worker may open; its work is short statements. */
const POSTGRES_POOL_SIZE = 3

/** Where queues live. `redis_url` wins. */
export type QueueConnection = { database_url: string; redis_url?: string | undefined }

/** What a module is given of the project it runs in. */
export type QueueDependencies = {
  logger: Logger
  configModule?: { projectConfig?: { databaseUrl?: string; redisUrl?: string } }
}

/**
 * The queues of a module: on the `redis_url` option, else the project's Redis, else the project's Postgres.
 * @returns null when the project has none of them, as in tests of one module alone.
 */
export function openQueues(
  { logger, configModule }: QueueDependencies,
  options: { redis_url?: string | undefined }
): QueueHub | null {
  const { databaseUrl = "", redisUrl } = configModule?.projectConfig ?? {}
  const redis_url = options.redis_url ?? redisUrl
  return databaseUrl || redis_url
    ? new QueueHub({ database_url: databaseUrl, redis_url }, logger)
    : null
}

/** What a worker does with one job. A rejection makes BullMQ retry as the job's options say. */
export type JobHandler = (data: Record<string, unknown>, job: Job) => Promise<void>

/**
 * The queues and workers of one module in one process. Queues are opened on first use; on Postgres the first
 * connection also brings BullMQ's own tables up to date.
 */
export class QueueHub {
  readonly #queues = new Map<string, Queue>()
  readonly #workers: Worker[] = []

  constructor(
    private readonly connection: QueueConnection,
    private readonly logger: Logger
  ) {}

  /** Which store the queues live in. */
  get backend(): "redis" | "postgres" {
    return this.connection.redis_url ? "redis" : "postgres"
  }

  /** The queue of that name. */
  queue(name: string): Queue {
    const known = this.#queues.get(name)
    if (known) {
      return known
    }
    const queue = this.connection.redis_url
      ? new Queue(name, {
          connection: { url: this.connection.redis_url, maxRetriesPerRequest: 3 },
          prefix: NAMESPACE,
        })
      : // Both classes are the same at run time; only the generic of the backend differs.
        (new Queue(
          name,
          { connection: this.#postgres() },
          createPostgresBackend
        ) as unknown as Queue)
    queue.on("error", (error) => this.#report(name, error))
    this.#queues.set(name, queue)
    return queue
  }

  /**
   * Puts a job on a queue. A job is a wake-up for a row that exists already: a lost one is found again by a
   * reconciler, a doubled one finds nothing to do.
   */
  async add(name: string, data: Record<string, unknown>, options: JobsOptions = {}): Promise<void> {
    await this.queue(name).add(name, data, {
      jobId: randomUUID(),
      removeOnComplete: { age: 3600, count: 1000 },
      removeOnFail: { age: 7 * 86_400, count: 5000 },
      ...options,
    })
  }

  /** Starts to work on a queue, at most `concurrency` jobs at a time in this process. */
  work(name: string, handler: JobHandler, concurrency: number): void {
    const options = { concurrency }
    const process = (job: Job) => handler(job.data as Record<string, unknown>, job)
    const worker = this.connection.redis_url
      ? new Worker(name, process, {
          ...options,
          connection: { url: this.connection.redis_url, maxRetriesPerRequest: null },
          prefix: NAMESPACE,
        })
      : (new Worker(
          name,
          process,
          { ...options, connection: this.#postgres() },
          createPostgresBackend
        ) as unknown as Worker)
    worker.on("error", (error) => this.#report(name, error))
    this.#workers.push(worker)
  }

  /** Stops workers (they finish what they hold), then queues. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.close()))
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()))
    this.#queues.clear()
  }

  #postgres() {
    return {
      connectionString: this.connection.database_url,
      schema: NAMESPACE,
      migrate: true,
      max: POSTGRES_POOL_SIZE,
    }
  }

  #report(name: string, error: Error): void {
    this.logger.error(`personalization queue ${name} (${this.backend}): ${error.message}`)
  }
}
