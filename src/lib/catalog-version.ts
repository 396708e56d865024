// The catalog's version in this process: it moves with every change of what the catalog shows.
//
// Two parts make it: a sequence in Postgres that changes move, and a print of what no event tells: price lists that an
// admin switches on or off, or that begin and end by their dates, and tax preferences.

/** After this many milliseconds a read looks at the version in the background. */
const FRESH_MS = 400
/**
 * After this many a read waits for the look. With the pause between two touches for events (`watchCatalog`) and the load
 * itself, a change anywhere is seen everywhere within a second.
 */
const STALE_MS = 800
/** The longest a read waits for a look; a database that hangs must not hold back what is cached. */
const LOOK_MS = 500

// Which rows they are and when each was changed: counts and maxima stay the same when one list takes another's place.
// Seconds since 1970 are spelled alike in every process, whatever its connection's time zone.
const PRINT = `
  (select coalesce(md5(string_agg(
       id || ':' || coalesce(rules_count, 0) || ':' || extract(epoch from updated_at), ',' order by id)), '')
     from price_list
    where deleted_at is null and status = 'active'
      and (starts_at is null or starts_at <= now()) and (ends_at is null or ends_at >= now()))
  || '|' ||
  (select coalesce(md5(string_agg(id || ':' || extract(epoch from updated_at), ',' order by id)), '')
     from price_preference where deleted_at is null)`
const LOOK = `select last_value || '|' || ${PRINT} as version from personalization_catalog_version`
const TOUCH = `select nextval('personalization_catalog_version') || '|' || ${PRINT} as version`

/** The part of the database connection (Knex) that is needed here. */
type Connection = { raw(sql: string): PromiseLike<{ rows: { version: string }[] }> }
type Log = { warn(message: string): void }

/** What one process knows of the version. Times are milliseconds of a monotonic clock. */
export class CatalogVersion {
  #known: string | undefined
  #seenAt = -Infinity
  #look: Promise<void> | undefined
  #touches = 0
  #failing = false

  constructor(
    private readonly connection: Connection,
    private readonly log: Log,
    private readonly now: () => number = () => performance.now()
  ) {}

  /**
   * The version if it was seen a moment ago, else undefined: then `current` asks. Starts a look in the
   * background when the last one is getting old, so a shop without visitors costs nothing.
   */
  fresh(): string | undefined {
    const age = this.now() - this.#seenAt
    if (age >= STALE_MS) {
      return undefined
    }
    if (age >= FRESH_MS) {
      void this.#ask()
    }
    return this.#known
  }

  /**
   * The version, seen a moment ago. While the database does not answer it is the last one known, and cached
   * answers live on to the end of their own life.
   * @throws Error when no version was ever seen
   */
  async current(): Promise<string> {
    const fresh = this.fresh()
    if (fresh !== undefined) {
      return fresh
    }
    if (this.#known === undefined) {
      await this.#ask()
    } else if (this.#failing) {
      void this.#ask()
    } else {
      await this.#askBriefly()
    }
    if (this.#known === undefined) {
      throw new Error("The catalog's version could not be read.")
    }
    return this.#known
  }

  /** Moves the version for all processes; this one knows it when the promise resolves. */
  async touch(): Promise<void> {
    const version = await this.#read(TOUCH)
    this.#touches += 1
    // Two touches at once may be answered in the wrong order. A number that fell otherwise, with a database put back to
    // an earlier state, is for the next look to tell.
    if (this.#known === undefined || count(version) > count(this.#known)) {
      this.#known = version
      this.#seenAt = this.now()
    } else {
      this.#seenAt = -Infinity
    }
  }

  #ask(): Promise<void> {
    this.#look ??= this.#lookNow().finally(() => {
      this.#look = undefined
    })
    return this.#look
  }

  async #askBriefly(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#fail(`no answer within ${LOOK_MS} ms`)
        resolve()
      }, LOOK_MS)
    })
    await Promise.race([this.#ask(), patience])
    clearTimeout(timer)
  }

  async #lookNow(): Promise<void> {
    const touches = this.#touches
    const begun = this.now()
    try {
      const version = await this.#read(LOOK)
      // A touch that came in between knows better than an answer that may be older.
      if (touches === this.#touches) {
        this.#known = version
        this.#seenAt = begun
      }
      this.#failing = false
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error))
    }
  }

  /** Says so once, and lets reads go on with what is known; the next looks run in the background. */
  #fail(reason: string): void {
    this.#seenAt = Math.max(this.#seenAt, this.now() - FRESH_MS)
    if (!this.#failing) {
      this.#failing = true
      this.log.warn(`The catalog's version cannot be read, cached answers are used: ${reason}`)
    }
  }

  async #read(sql: string): Promise<string> {
    const { rows } = await this.connection.raw(sql)
    const version = rows[0]?.version
    if (version === undefined) {
      throw new Error("The sequence personalization_catalog_version gave no value.")
    }
    return version
  }
}

/** The sequence's part of a version. */
function count(version: string): number {
  return Number.parseInt(version, 10)
}

// One per database connection: a process may hold several apps, as tests do.
const versions = new WeakMap<object, CatalogVersion>()

/** This process's view of the version over a connection. */
export function catalogVersionOf(connection: Connection & object, log: Log): CatalogVersion {
  let version = versions.get(connection)
  if (!version) {
    version = new CatalogVersion(connection, log)
    versions.set(connection, version)
  }
  return version
}
