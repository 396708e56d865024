// Remembers which secret API keys are valid, so that a call with a known key does not pay for scrypt again.
import { createHash } from "node:crypto"
import { LRUCache } from "lru-cache"
import { Slots } from "./slots"

/** How long an answer about a key holds before its row is read again, in ms: the most that a revocation is late. */
export const KEY_LOOK_MS = 2000
/** How long a refused token is refused without a look, in ms. A token exists only after its row, so none is late. */
export const KEY_REFUSAL_MS = 1000
const MAX_KNOWN = 500
const MAX_REFUSED = 5000
/** Full checks at once: each takes tens of milliseconds of a thread that file and DNS work share. */
const MAX_FULL_CHECKS = 2
const MAX_WAITING_CHECKS = 200

/** A key's row as far as it decides; `hash` is the stored one. */
export type KeyRow = { id: string; hash: string; revoked_at: Date | null }

/** Where keys are looked up. */
export type KeySource = {
  /** The row of the secret key that the token is, by its slow hash; null when there is none. */
  authenticate(token: string): Promise<KeyRow | null>
  /** The row again, one small read; null when it is gone, of another type or has another hash. */
  reread(row: KeyRow): Promise<KeyRow | null>
}

type Known = { row: KeyRow; looked_at: number }

/**
 * Checks tokens against a source. Tokens are kept as SHA-256 only, in a bounded memory. A revoked, expired or deleted
 * key is refused `KEY_LOOK_MS` after that at the latest; an end that is known beforehand is kept to the millisecond.
 */
export class ApiKeyCheck {
  readonly #known = new LRUCache<string, Known>({ max: MAX_KNOWN })
  readonly #refused = new LRUCache<string, number>({ max: MAX_REFUSED })
  readonly #looking = new Map<string, Promise<boolean>>()
  readonly #slots = new Slots(MAX_FULL_CHECKS, MAX_WAITING_CHECKS, "api_key_check_busy")

  /** @param now the clock, in ms since 1970 */
  constructor(
    private readonly source: KeySource,
    private readonly now: () => number = Date.now
  ) {}

  /**
   * True when the token is a secret key that is valid now.
   * @throws AppError 503 `api_key_check_busy` when too many unknown tokens are being checked.
   */
  async isValid(token: string): Promise<boolean> {
    const digest = createHash("sha256").update(token).digest("base64")
    const known = this.#known.get(digest)
    if (known && this.#isYoung(known.looked_at, KEY_LOOK_MS)) {
      return this.#isAlive(known.row)
    }
    if (!known && this.#isYoung(this.#refused.get(digest), KEY_REFUSAL_MS)) {
      return false
    }
    const running = this.#looking.get(digest)
    if (running) {
      return running
    }
    const look = this.#look(digest, token, known).finally(() => this.#looking.delete(digest))
    this.#looking.set(digest, look)
    return look
  }

  async #look(digest: string, token: string, known: Known | undefined): Promise<boolean> {
    // A change during the look may have been missed: the answer is as old as the question.
    let looked_at = this.now()
    const row = known
      ? await this.source.reread(known.row)
      : await this.#slots.run(() => {
          looked_at = this.now()
          return this.source.authenticate(token)
        })
    if (row && this.#isAlive(row)) {
      this.#known.set(digest, { row, looked_at })
      return true
    }
    this.#known.delete(digest)
    this.#refused.set(digest, looked_at)
    return false
  }

  #isAlive(row: KeyRow): boolean {
    return row.revoked_at === null || row.revoked_at.getTime() > this.now()
  }

  #isYoung(since: number | undefined, life: number): boolean {
    return since !== undefined && Math.abs(this.now() - since) < life
  }
}
