// Answers that are ready to be sent: bytes with their ETag, kept for a time, loaded once however many ask.
import { LRUCache } from "lru-cache"
import { createHash } from "node:crypto"
import { ByteBudget } from "./byte-budget"

/** An answer as it goes out. */
export type ReadyAnswer = { readonly status: number; readonly body: Buffer; readonly etag: string }

/** A second cache behind this one, shared by processes. It never throws and never waits long. */
export type SharedCache = {
  get(key: string): Promise<unknown>
  set(key: string, value: SharedEntry, ttlSeconds: number): void
}
/** An entry of the shared cache; `loaded_at` is the moment its load began, epoch milliseconds. */
export type SharedEntry = { status: number; body: string; etag: string; loaded_at: number }

export type ReadyCacheOptions = {
  /** Bytes that answers and their keys may take here, and that are written to the shared cache within one life. */
  max_bytes: number
  /** How long an answer lives, counted from the start of its load; 0 keeps nothing. */
  ttl_seconds: number
  shared?: SharedCache | undefined
  /** Milliseconds of a monotonic clock. */
  now?: () => number
}

type Kept = { answer: ReadyAnswer; until: number }
type Read = { answer: ReadyAnswer; hit: boolean }

/** What an entry weighs besides its body and key, roughly. */
const OVERHEAD_BYTES = 300

/** Makes an answer ready. */
export function readyAnswer(status: number, value: unknown): ReadyAnswer {
  const body = Buffer.from(JSON.stringify(value))
  return { status, body, etag: etagOf(body) }
}

/**
 * Holds the answers of one version at a time: a reader who comes with another version finds it empty. A load belongs to
 * the version under which it began, so one that began before a change is neither kept for nor joined by readers who
 * know of the change. Errors are not kept.
 */
export class ReadyCache {
  readonly #kept: LRUCache<string, Kept>
  readonly #loads = new Map<string, Promise<Read>>()
  readonly #ttl: number
  readonly #now: () => number
  readonly #shareable: ByteBudget
  #version = ""

  constructor(private readonly options: ReadyCacheOptions) {
    this.#kept = new LRUCache({
      maxSize: options.max_bytes,
      sizeCalculation: ({ answer }, key) => answer.body.length + 2 * key.length + OVERHEAD_BYTES,
    })
    this.#ttl = options.ttl_seconds * 1000
    this.#now = options.now ?? (() => performance.now())
    this.#shareable = new ByteBudget(options.max_bytes, this.#ttl, this.#now)
  }

  /** The answer if it is here and alive. */
  peek(version: string, key: string): ReadyAnswer | undefined {
    if (version !== this.#version) {
      return undefined
    }
    const kept = this.#kept.get(key)
    if (kept && kept.until > this.#now()) {
      return kept.answer
    }
    return undefined
  }

  /** The answer from here, from the shared cache, or from `load`, which runs once for all who ask at the same time. */
  async read(version: string, key: string, load: () => Promise<ReadyAnswer>): Promise<Read> {
    if (this.#ttl === 0) {
      return { answer: await load(), hit: false }
    }
    const answer = this.peek(version, key)
    if (answer) {
      return { answer, hit: true }
    }
    const name = `${version} ${key}`
    const running = this.#loads.get(name)
    if (running) {
      return running
    }
    const started = this.#fill(version, key, load).finally(() => this.#loads.delete(name))
    this.#loads.set(name, started)
    return started
  }

  async #fill(version: string, key: string, load: () => Promise<ReadyAnswer>): Promise<Read> {
    this.#turnTo(version)
    const name = `personalization:catalog:${version}:${key}`
    const { shared } = this.options
    const found = shared && parseShared(await shared.get(name))
    if (found) {
      const age = Math.max(0, Date.now() - found.loaded_at)
      if (age < this.#ttl) {
        this.#keep(version, key, found.answer, this.#now() + this.#ttl - age)
        return { answer: found.answer, hit: true }
      }
    }
    const began = { here: this.#now(), everywhere: Date.now() }
    const answer = await load()
    this.#keep(version, key, answer, began.here + this.#ttl)
    this.#share(name, answer, began.everywhere)
    return { answer, hit: false }
  }

  /** Anybody may ask for anything: what is not there is not shared, and the rest within bounds. */
  #share(name: string, answer: ReadyAnswer, loaded_at: number): void {
    const { shared, ttl_seconds } = this.options
    const bytes = Buffer.byteLength(name) + answer.body.length
    if (shared && answer.status === 200 && this.#shareable.spend(bytes)) {
      shared.set(name, { ...answer, body: answer.body.toString(), loaded_at }, ttl_seconds)
    }
  }

  #turnTo(version: string): void {
    if (version !== this.#version) {
      this.#version = version
      this.#kept.clear()
    }
  }

  #keep(version: string, key: string, answer: ReadyAnswer, until: number): void {
    if (version === this.#version) {
      this.#kept.set(key, { answer, until })
    }
  }
}

/** What came from outside is looked at before it is trusted: it must be whole. */
function parseShared(value: unknown): { answer: ReadyAnswer; loaded_at: number } | undefined {
  if (typeof value !== "object" || value === null) {
    return undefined
  }
  const { status, body, etag, loaded_at } = value as Partial<SharedEntry>
  if (typeof status !== "number" || typeof body !== "string" || typeof loaded_at !== "number") {
    return undefined
  }
  const bytes = Buffer.from(body)
  return etag === etagOf(bytes) ? { answer: { status, body: bytes, etag }, loaded_at } : undefined
}

/** A strong validator: the first 128 bits of the body's SHA-256. */
function etagOf(body: Buffer): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`
}
