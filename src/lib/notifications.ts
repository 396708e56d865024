// What other processes tell through Postgres: one connection that listens on one channel (NOTIFY and LISTEN).
import type { Logger } from "@medusajs/framework/types"
import { Client } from "pg"

/** Milliseconds before a lost connection is made again. */
const RECONNECT_MS = 1000
/** Milliseconds that a connection may take to be made. */
const CONNECT_MS = 5000

export type NotificationHandlers = {
  /** A notification's payload. */
  on_message: (payload: string) => void
  /** The connection was lost: what was told meanwhile is not known. */
  on_gap: () => void
}

/**
 * Listens from the first `ready` on, and again after a connection was lost. The connection must reach Postgres itself or
 * through a pooler in session mode: LISTEN does nothing behind one that shares connections between transactions.
 */
export class NotificationListener {
  #client: Client | undefined
  #connecting: Promise<boolean> | undefined
  #retry: NodeJS.Timeout | undefined
  #closed = false

  /** @param channel a plain name: letters, digits and underscores */
  constructor(
    private readonly connectionString: string,
    private readonly channel: string,
    private readonly handlers: NotificationHandlers,
    private readonly logger: Pick<Logger, "warn">
  ) {}

  /** Resolves when it listens: what is told from then on is heard. False when it cannot. Never rejects. */
  ready(): Promise<boolean> {
    if (this.#closed) {
      return Promise.resolve(false)
    }
    this.#connecting ??= this.#connect()
    return this.#connecting
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#connecting
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => undefined)
  }

  async #connect(): Promise<boolean> {
    const client = new Client({
      connectionString: this.connectionString,
      connectionTimeoutMillis: CONNECT_MS,
      application_name: `personalization ${this.channel}`,
      // A connection that died without a word is found by the system, not by a query of ours.
      keepAlive: true,
    })
    client.on("notification", ({ payload = "" }) => this.handlers.on_message(payload))
    client.on("error", (error) => this.#lose(client, error))
    client.on("end", () => this.#lose(client, new Error("the server closed it")))
    try {
      await client.connect()
      await client.query(`listen ${this.channel}`)
      this.#client = client
      return true
    } catch (error) {
      this.#client = client
      this.#lose(client, error instanceof Error ? error : new Error(String(error)))
      return false
    }
  }

  #lose(client: Client, reason: Error): void {
    if (this.#client !== client || this.#closed) {
      return
    }
    this.#client = undefined
    this.logger.warn(
      `personalization: the connection that listens on ${this.channel} was lost: ${reason.message}`
    )
    client.end().catch(() => undefined)
    this.handlers.on_gap()
    // Who asks meanwhile is told at once that nothing is heard.
    this.#retry = setTimeout(() => {
      this.#connecting = undefined
    }, RECONNECT_MS)
    this.#retry.unref()
    this.#connecting = Promise.resolve(false)
  }
}
