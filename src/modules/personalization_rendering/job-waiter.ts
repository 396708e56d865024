// Lets many callers wait for render jobs at the cost of one query at a time, however many they are.

/** Milliseconds between two looks while somebody waits for a job that another process may be drawing. */
const LOOK_MS = 250
/** Callers that may wait in this process; the others are answered at once with the state as it is. */
const MAX_WAITERS = 500

/** Wakes callers when their jobs are settled. */
export class JobWaiter {
  readonly #waiting = new Map<string, Set<() => void>>()
  #count = 0
  #timer: NodeJS.Timeout | undefined
  #looking = false

  /** @param findSettled which of these jobs are not open any more */
  constructor(private readonly findSettled: (ids: string[]) => Promise<string[]>) {}

  /** Resolves when the job is settled, the time is over, the caller went away, or too many wait. Never rejects. */
  wait(id: string, milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#count >= MAX_WAITERS || signal.aborted) {
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timeout)
        signal.removeEventListener("abort", done)
        if (this.#waiting.get(id)?.delete(done)) {
          this.#count -= 1
        }
        if (this.#waiting.get(id)?.size === 0) {
          this.#waiting.delete(id)
        }
        resolve()
      }
      const timeout = setTimeout(done, milliseconds)
      signal.addEventListener("abort", done)
      const others = this.#waiting.get(id) ?? new Set()
      this.#waiting.set(id, others.add(done))
      this.#count += 1
      this.#schedule()
    })
  }

  /** Looks now: a job was settled in this process. */
  look(): void {
    if (this.#waiting.size === 0 || this.#looking) {
      return
    }
    this.#looking = true
    // A failed look is made up for by the next one.
    void this.findSettled([...this.#waiting.keys()])
      .catch((): string[] => [])
      .then((settled) => {
        this.#looking = false
        for (const done of settled.flatMap((id) => [...(this.#waiting.get(id) ?? [])])) {
          done()
        }
        this.#schedule()
      })
  }

  #schedule(): void {
    if (this.#timer || this.#waiting.size === 0) {
      return
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.look()
      this.#schedule()
    }, LOOK_MS)
    this.#timer.unref()
  }
}
