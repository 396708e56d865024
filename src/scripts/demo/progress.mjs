// @ts-check
// Tells at the terminal what is going on: a line when a step begins and ends, and a sign of life while it lasts.

const HEARTBEAT_MS = 5_000

/** Steps under way at the same time share one clock and one heartbeat. */
export class Progress {
  #started = Date.now()
  /** @type {Map<string, number>} title to the time it began */
  #running = new Map()
  /** @type {NodeJS.Timeout | undefined} */
  #heartbeat

  /**
   * Runs a step and reports its begin, its end and its duration.
   *
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(title, work) {
    const began = Date.now()
    this.say(title)
    this.#running.set(title, began)
    this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT_MS)
    try {
      const result = await work()
      this.say(`${title}: done in ${seconds(Date.now() - began)} s`)
      return result
    } finally {
      this.#running.delete(title)
      if (this.#running.size === 0) {
        clearInterval(this.#heartbeat)
        this.#heartbeat = undefined
      }
    }
  }

  /** @param {string} line */
  say(line) {
    process.stdout.write(`[${seconds(Date.now() - this.#started).padStart(6)} s] ${line}\n`)
  }

  #beat() {
    const parts = [...this.#running].map(
      ([title, began]) => `${title} (${Math.round((Date.now() - began) / 1000)} s)`
    )
    this.say(`... ${parts.join(", ")}`)
  }
}

/** @param {number} ms */
function seconds(ms) {
  return (ms / 1000).toFixed(1)
}
