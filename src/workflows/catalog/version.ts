// The catalog's version in this process: a sequence in Postgres that every change moves and every process looks at.
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** After this long a read looks at the sequence in the background. */
const FRESH_MS = 500
/** After this long a read waits for the look: a change anywhere is seen everywhere within this time. */
const PATIENCE_MS = 1000

/** The part of the database connection that is needed here. */
type Connection = { raw(sql: string): Promise<{ rows: { version: string }[] }> }
type Clock = () => number

/** What this process knows of the version. */
export class CatalogVersion {
  #known: string | undefined
  #seenAt = -Infinity
  #look: Promise<void> | undefined
  #touches = 0
  #failing = false

  constructor(
    private readonly connection: Connection,
    private readonly logger: Pick<Logger, "warn">,
    private readonly now: Clock = () => performance.now()
  ) {}

  /**
   * The version when this process may rely on it without asking, else undefined: then `current` asks. Starts a look in
   * the background when the last one is getting old.
   */
  fresh(): string | undefined {
    const age = this.now() - this.#seenAt
    if (age >= PATIENCE_MS) {
      return undefined
    }
    if (age >= FRESH_MS) {
      void this.#ask()
    }
    return this.#known
  }

  /**
   * The version, looked at within the last second. While the database cannot be asked, the last one known: entries
   * outlive that by their own life only.
   * @throws Error of the database when no version was ever seen.
   */
  async current(): Promise<string> {
    const fresh = this.fresh()
    if (fresh !== undefined) {
      return fresh
    }
    await this.#ask()
    if (this.#known === undefined) {
      throw new Error("The catalog's version could not be read")
    }
    return this.#known
  }

  /** Moves the version for all processes; this one knows it when the promise resolves. */
  async touch(): Promise<void> {
    const version = await this.#read(
      "select nextval('personalization_catalog_version')::text as version"
    )
    this.#touches += 1
    this.#see(version)
  }

  #ask(): Promise<void> {
    this.#look ??= this.#lookNow().finally(() => {
      this.#look = undefined
    })
    return this.#look
  }

  async #lookNow(): Promise<void> {
    const touches = this.#touches
    const begun = this.now()
    try {
      const version = await this.#read(
        "select last_value::text as version from personalization_catalog_version"
      )
      // A touch of this process that came in between knows better than an answer that may be older.
      if (touches === this.#touches) {
        this.#see(version, begun)
      }
      this.#failing = false
    } catch (error) {
      if (!this.#failing) {
        this.#failing = true
        const text = error instanceof Error ? error.message : String(error)
        this.logger.warn(`The catalog's version cannot be read, cached answers go on: ${text}`)
      }
      if (this.#known !== undefined) {
        this.#seenAt = this.now() - FRESH_MS
      }
    }
  }

  #see(version: string, at = this.now()): void {
    this.#known = version
    this.#seenAt = at
  }

  async #read(sql: string): Promise<string> {
    const { rows } = await this.connection.raw(sql)
    const version = rows[0]?.version
    if (version === undefined) {
      throw new Error("The sequence personalization_catalog_version gave no value")
    }
    return version
  }
}

// One per database connection: a process may hold several apps, as tests do.
const versions = new WeakMap<object, CatalogVersion>()

/** This process's view of the version. */
export function catalogVersion(container: MedusaContainer): CatalogVersion {
  const connection = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const known = versions.get(connection)
  if (known) {
    return known
  }
  const version = new CatalogVersion(
    connection,
    container.resolve(ContainerRegistrationKeys.LOGGER)
  )
  versions.set(connection, version)
  return version
}

/**
 * Drops every cached answer of the catalog, in every process: here at once, elsewhere within a second. Call it after
 * the change is committed.
 */
export async function touchCatalog(container: MedusaContainer): Promise<void> {
  await catalogVersion(container).touch()
}
