// The end of the server process: what starts it, that it happens once, and that it ends.
import type { Logger } from "@medusajs/framework/types"

/** The longest a shutdown may take, in milliseconds, before the process ends the hard way. */
const PATIENCE_MS = 25_000

/**
 * Ends the process on SIGINT, on SIGTERM and when the parent that started it with an IPC channel is gone. The first
 * signal lets running requests finish; a second one does not wait.
 */
export class Shutdown {
  #finish: (() => Promise<void>) | undefined
  #started = false

  constructor(private readonly logger: Pick<Logger, "info" | "error">) {
    process.on("SIGINT", () => this.begin("SIGINT"))
    process.on("SIGTERM", () => this.begin("SIGTERM"))
    if (process.connected) {
      process.on("disconnect", () => this.begin("the parent process is gone"))
    }
  }

  /** Before this call there is nothing to finish and a signal ends the process at once. */
  onceRunning(finish: () => Promise<void>): void {
    this.#finish = finish
  }

  begin(reason: string): void {
    if (!this.#finish) {
      process.exit(0)
    }
    if (this.#started) {
      // The parent's disconnect follows its signal as a rule: only a signal means impatience.
      if (reason.startsWith("SIG")) {
        process.exit(1)
      }
      return
    }
    this.#started = true
    this.logger.info(`Shutting down (${reason})`)
    setTimeout(() => {
      this.logger.error(`Not shut down after ${PATIENCE_MS / 1000} s, ending now`)
      process.exit(1)
    }, PATIENCE_MS).unref()
    this.#finish().then(
      () => process.exit(0),
      (error: unknown) => {
        const cause = error instanceof Error ? error : new Error(String(error))
        this.logger.error("The shutdown failed", cause)
        process.exit(1)
      }
    )
  }
}
