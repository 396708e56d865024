// Lets callers wait for render jobs: they are woken when they are told, and nobody asks the database meanwhile.

/** Callers that may wait in this process; the others are answered at once with the state as it is. */
const MAX_WAITERS = 500

/** A caller's eye on a job. */
export type Watch = {
  /** Resolves when the job is settled, the time is over, the caller went away or nothing can be heard. Never rejects. */
  settled(milliseconds: number, signal: AbortSignal): Promise<void>
  /** Must be called once the caller does not wait any more. */
  stop(): void
}

const BLIND: Watch = { settled: () => Promise.resolve(), stop: () => undefined }

/** Wakes callers when their jobs are settled. */
export class JobWaiter {
  readonly #waiting = new Map<string, Set<() => void>>()
  #count = 0

  /** @param listen resolves with true once settled jobs are told of */
  constructor(private readonly listen: () => Promise<boolean>) {}

  /**
   * Watches a job from now on. Read the job's state after this and before waiting: what is settled in between wakes the
   * waiter at once.
   */
  async watch(id: string): Promise<Watch> {
    if (this.#count >= MAX_WAITERS) {
      return BLIND
    }
    this.#count += 1
    if (!(await this.listen())) {
      this.#count -= 1
      return BLIND
    }
    let wake = (): void => undefined
    const told = new Promise<void>((resolve) => (wake = resolve))
    this.#waiting.set(id, (this.#waiting.get(id) ?? new Set()).add(wake))
    const stop = (): void => {
      const others = this.#waiting.get(id)
      if (others?.delete(wake)) {
        this.#count -= 1
      }
      if (others?.size === 0) {
        this.#waiting.delete(id)
      }
    }
    return { settled: (milliseconds, signal) => firstOf(told, milliseconds, signal), stop }
  }

  /** A job was settled, here or in another process. */
  settled(id: string): void {
    for (const wake of this.#waiting.get(id) ?? []) {
      wake()
    }
  }

  /** What was told for a while is not known: everybody has to look. */
  wakeAll(): void {
    for (const id of this.#waiting.keys()) {
      this.settled(id)
    }
  }
}

function firstOf(told: Promise<void>, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener("abort", done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener("abort", done)
    if (signal.aborted) {
      done()
    }
    void told.then(done)
  })
}
