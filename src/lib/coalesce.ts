// Runs a task for a burst of calls: at once for the first, and once more after the last.

/** Milliseconds until a task that failed is tried again. */
const RETRY_MS = 1000

/** A task that many ask for. */
export type Coalesced = {
  /** Asks for a run of the task. */
  ask(): void
  /** Whether somebody asked for whom no run was done yet. */
  isOwed(): boolean
}

/**
 * Runs the task at once for who asks, but not more often than every `pauseMs`; a call that comes while it runs or pauses
 * is served by one more run afterwards, so the last call is never lost while the process lives. A run that fails is
 * tried again every second.
 */
export function coalesce(
  task: () => Promise<void>,
  pauseMs: number,
  onError: (error: unknown) => void
): Coalesced {
  let busy = false
  let asked = false
  let running = false

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
    running = true
    task().then(
      () => {
        running = false
        rest(pauseMs)
      },
      (error: unknown) => {
        running = false
        asked = true
        onError(error)
        rest(RETRY_MS)
      }
    )
  }
  return { ask, isOwed: () => running || asked }
}
