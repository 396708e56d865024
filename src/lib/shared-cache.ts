// Medusa's Caching Module as the cache that processes share: bounded in time, and never a cause of failure.
import type { ICachingModuleService } from "@medusajs/framework/types"
import type { SharedCache } from "./ready-cache"

/** The longest a read waits for the module, in milliseconds: reading the database takes no longer. */
const WAIT_MS = 100
/** How long the module is left alone after it failed or was slow, in milliseconds. */
const PAUSE_MS = 5000

type Log = { warn(message: string): void }

/** Wraps the module. While it is left alone reads find nothing and writes are dropped. */
export function sharedCache(
  module: Pick<ICachingModuleService, "get" | "set">,
  log: Log,
  now: () => number = () => performance.now()
): SharedCache {
  let pausedUntil = -Infinity

  const guard = async <T>(work: () => Promise<T>, waitMs: number): Promise<T | undefined> => {
    if (now() < pausedUntil) {
      return undefined
    }
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      // In a process that is busy itself the answer may have come already: it is read before this is decided.
      const decide = () => setImmediate(() => reject(new Error(`no answer within ${waitMs} ms`)))
      timer = setTimeout(decide, waitMs)
    })
    try {
      return await Promise.race([work(), late])
    } catch (error) {
      pausedUntil = now() + PAUSE_MS
      const text = error instanceof Error ? error.message : String(error)
      log.warn(`The Caching Module is not used for ${PAUSE_MS / 1000} s: ${text}`)
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    get: (key) => guard(() => module.get({ key }), WAIT_MS),
    set: (key, data, ttl) => {
      // Nobody waits for a write. Without tags the module would look through the answer for entities.
      void guard(
        () => module.set({ key, data, ttl, tags: [], options: { autoInvalidate: false } }),
        PAUSE_MS
      )
    },
  }
}
