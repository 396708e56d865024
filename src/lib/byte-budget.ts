// Bounds how many bytes may be spent within a time.

/** A number of bytes for each window of time; a window begins with the first bytes after the one before is over. */
export class ByteBudget {
  #spent = 0
  #ends = -Infinity

  /**
   * @param bytes that may be spent in a window
   * @param windowMs a window's length
   * @param now milliseconds of a monotonic clock
   */
  constructor(
    private readonly bytes: number,
    private readonly windowMs: number,
    private readonly now: () => number = () => performance.now()
  ) {}

  /** Spends the bytes if the window has as many left. @returns whether it had */
  spend(bytes: number): boolean {
    const now = this.now()
    if (now >= this.#ends) {
      this.#ends = now + this.windowMs
      this.#spent = 0
    }
    if (this.#spent + bytes > this.bytes) {
      return false
    }
    this.#spent += bytes
    return true
  }
}
