// A worker process's own end: takes one job at a time from its parent, ends with it, and ends itself before it takes too much
// memory.

/** Milliseconds between two looks at the memory. A decoder fills some hundred MiB in this time at most. */
const MEMORY_CHECK_MS = 20
/** Milliseconds that the parent has for killing a process over its limit, before it ends itself. */
const LAST_WORDS_MS = 200

/** The variable that has the limit, in MiB. */
export const MEMORY_VARIABLE = "PERSONALIZATION_WORKER_MEMORY_MB"

export type ToWorker<Job> = { id: number; job: Job }
export type FromWorker<Result> =
  | { type: "ready" }
  | { type: "result"; id: number; result: Result }
  /** What the work threw. */
  | { type: "failed"; id: number; message: string }
  /** The last words of a process over its limit. */
  | { type: "out_of_memory" }

/** Works for the parent. What `work` throws fails that job only. */
export function serveParent<Job, Result>(work: (job: Job) => Promise<Result>): void {
  const send = (message: FromWorker<Result>) => process.send?.(message)
  const kill = () => process.kill(process.pid, "SIGKILL")

  // A parent that stops, or dies, closes the channel. Native work in hand would hold up an orderly end.
  process.once("disconnect", kill)
  // The parent's Ctrl-C reaches this process too, and must not tear a job out of the hands of a parent that still waits.
  process.on("SIGINT", () => undefined)
  process.on("SIGTERM", () => undefined)
  process.on("message", ({ id, job }: ToWorker<Job>) => {
    work(job).then(
      (result) => send({ type: "result", id, result }),
      (error: unknown) =>
        send({
          type: "failed",
          id,
          message: error instanceof Error ? error.message : String(error),
        })
    )
  })
  const limit = Number(process.env[MEMORY_VARIABLE]) * 1_048_576
  if (limit > 0) {
    const timer = setInterval(() => {
      if (process.memoryUsage.rss() > limit) {
        clearInterval(timer)
        // The parent may hear of a death before the words that came before it, so it does the killing.
        send({ type: "out_of_memory" })
        setTimeout(kill, LAST_WORDS_MS)
      }
    }, MEMORY_CHECK_MS)
  }
  send({ type: "ready" })
}
