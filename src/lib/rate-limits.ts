// Counts requests of what costs us, by visitor and by address, and says when one has asked for too much.
import { createHmac } from "node:crypto"
import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible"
import { deriveKey } from "./file-token"
import type { SharedCounters } from "./rate-limit-counters"
import type { LimitedAction, RateLimitOptions } from "./rate-limit-options"

/** Who is counted: a visitor by whatever names them, or an address. */
export type LimitedSubject = { visitor: string } | { address: string }
/** A refusal. */
export type Refusal = { limit: number; window_seconds: number; retry_after_seconds: number }
type Log = { warn(message: string): void }
/** Requests are counted here first, then where all processes count. */
type Counter = {
  keyPrefix: string
  limit: number
  local: RateLimiterMemory
  shared: RateLimiterAbstract | null
}

/** While the shared counts do not answer, they are asked again after this many milliseconds. */
const PAUSE_MS = 2000
/** That they do not answer is told of once within so many milliseconds. */
const WARNING_MS = 60_000
/** Of the hash that stands for a subject. */
const NAME_BYTES = 18

/**
 * The rate limits of one process. Windows are fixed: a subject's begins with its first request. Names of visitors and
 * addresses are kept as keyed hashes only.
 *
 * Each process counts for itself first, so that a flood costs the shared counts no more than the limit; and it goes on
 * alone while they do not answer.
 */
export class RateLimits {
  readonly #counters = new Map<string, Counter>()
  readonly #key: Buffer
  #store: SharedCounters | null | undefined
  #askAgainAt = -Infinity
  #warnAgainAt = -Infinity

  /**
   * @param open opens the shared counts; called with the first request
   * @param now milliseconds of a monotonic clock
   */
  constructor(
    private readonly options: RateLimitOptions,
    secret: string,
    private readonly open: () => SharedCounters | null,
    private readonly log: Log,
    private readonly now: () => number = () => performance.now()
  ) {
    this.#key = deriveKey(secret, "rate-limits")
  }

  /** Counts a request. @returns null while the subject may go on */
  async count(action: LimitedAction, subject: LimitedSubject): Promise<Refusal | null> {
    if (!this.options.enabled) {
      return null
    }
    const [kind, value] =
      "visitor" in subject
        ? (["visitor", subject.visitor] as const)
        : (["address", subject.address] as const)
    const counter = this.#counter(action, kind)
    const name = createHmac("sha256", this.#key)
      .update(`${counter.keyPrefix}:${value}`)
      .digest()
      .subarray(0, NAME_BYTES)
      .toString("base64url")
    const refusal =
      (await this.#consume(counter, counter.local, name)) ??
      (counter.shared ? await this.#consumeShared(counter, counter.shared, name) : null)
    if (refusal) {
      // What is refused counts nowhere here: when the shared window ends, this one, which may have begun later, must not
      // refuse whoever waited for as long as they were told.
      await counter.local.reward(name)
    }
    return refusal
  }

  async close(): Promise<void> {
    await this.#store?.close()
  }

  #counter(action: LimitedAction, kind: "visitor" | "address"): Counter {
    const keyPrefix = `${action}:${kind}`
    const known = this.#counters.get(keyPrefix)
    if (known) {
      return known
    }
    this.#store ??= this.open()
    const limit = this.options[action][`per_${kind}`]
    const settings = { keyPrefix, points: limit, duration: this.options.window_seconds }
    const counter = {
      keyPrefix,
      limit,
      local: new RateLimiterMemory(settings),
      shared: this.#store?.limiter(settings) ?? null,
    }
    this.#counters.set(keyPrefix, counter)
    return counter
  }

  async #consumeShared(
    counter: Counter,
    limiter: RateLimiterAbstract,
    name: string
  ): Promise<Refusal | null> {
    if (this.now() < this.#askAgainAt) {
      return null
    }
    try {
      return await this.#consume(counter, limiter, name)
    } catch (error) {
      this.#askAgainAt = this.now() + PAUSE_MS
      if (this.now() >= this.#warnAgainAt) {
        this.#warnAgainAt = this.now() + WARNING_MS
        const reason = error instanceof Error ? error.message : String(error)
        this.log.warn(
          `Rate limits cannot be counted together with other processes just now: ${reason}`
        )
      }
      return null
    }
  }

  async #consume(
    { limit }: Counter,
    limiter: RateLimiterAbstract,
    name: string
  ): Promise<Refusal | null> {
    try {
      await limiter.consume(name)
      return null
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) {
        throw refused
      }
      return {
        limit,
        window_seconds: this.options.window_seconds,
        retry_after_seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)),
      }
    }
  }
}
