// Bounds how much of a costly kind of work runs at once, and refuses early when too much waits for it.
import { AppError } from "./errors"

/** A number of places to work in, and a number to wait in. */
export class Slots {
  #running = 0
  readonly #waiting: (() => void)[] = []

  /** @param code of the 503 that a caller gets when all places are taken */
  constructor(
    private readonly running: number,
    private readonly waiting: number,
    private readonly code: string
  ) {}

  /** Runs the work when there is a place for it. @throws AppError 503 with `Retry-After` when too many wait. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.running) {
      if (this.#waiting.length >= this.waiting) {
        throw new AppError("unavailable", this.code, "The server is busy; try again.", {
          headers: { "Retry-After": "2" },
        })
      }
      // The place is handed over, so the count does not move.
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else {
      this.#running += 1
    }
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) {
        next()
      } else {
        this.#running -= 1
      }
    }
  }
}
