// Values that hold as long as the catalog's version does, and not longer than a time.
import { LRUCache } from "lru-cache"

/** Remembers what was loaded under a version; loads once for all who ask at the same time. Errors are not kept. */
export class VersionMemo<T> {
  readonly #kept: LRUCache<string, { value: Promise<T>; until: number }>

  /** @param lifeSeconds how long a value is kept; 0 keeps nothing. @param max the most values */
  constructor(
    private readonly lifeSeconds: number,
    max: number,
    private readonly now: () => number = () => performance.now()
  ) {
    this.#kept = new LRUCache({ max })
  }

  /** The value of a key under a version. */
  get(version: string, key: string, load: () => Promise<T>): Promise<T> {
    const name = `${version} ${key}`
    const kept = this.#kept.get(name)
    if (kept && kept.until > this.now()) {
      return kept.value
    }
    const value = load()
    if (this.lifeSeconds > 0) {
      this.#kept.set(name, { value, until: this.now() + this.lifeSeconds * 1000 })
      value.catch(() => {
        if (this.#kept.peek(name)?.value === value) {
          this.#kept.delete(name)
        }
      })
    }
    return value
  }
}
