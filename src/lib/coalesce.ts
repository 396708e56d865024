// Runs a task for a burst of calls: at once for the first, and once more after the last.

/** Milliseconds until a task that failed is tried again. */
const RETRY_MS = 1000

/**
 * A function that asks for the task. It runs at once, but not more often than every `pauseMs`; a call that comes while
 * it runs or pauses is served by one more run afterwards, so the last call is never lost while the process lives. A run
 * that fails is tried again every second.
 */
export function coalesce(
  task: () => Promise<void>,
  pauseMs: number,
  onError: (error: unknown) => void
): () => void {
  let busy = false
  let asked = false

  const rest = (milliseconds: number) => {
    setTimeout(() => {
      busy = false
      if (asked) {
        ask()
      }
    }, milliseconds).unref()
  }
  const ask = () => {
    asked = true
    if (busy) {
      return
    }
    busy = true
    asked = false
    task().then(
      () => rest(pauseMs),
      (error: unknown) => {
        onError(error)
        asked = true
        rest(RETRY_MS)
      }
    )
  }
  return ask
}
