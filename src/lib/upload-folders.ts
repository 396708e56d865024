// Private folders for files in transit.
import { mkdtemp, readdir, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"

const PREFIX = "personalization-upload-"
/** Milliseconds after which a folder belongs to no request any more: a process died over it. Uploads take minutes. */
const STALE_MS = 3_600_000
/** Milliseconds between two looks for such folders. */
const SWEEP_MS = 900_000

/** Makes a folder that only this user may enter (`mkdtemp` makes it 0700). */
export async function makeFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), PREFIX))
}

/** Removes a folder with all that is in it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** Clears away what crashes left, now and from time to time: pictures as they were sent, their places included. */
export function sweepFolders(): { stop(): void } {
  const sweep = () => {
    removeStale(tmpdir(), Date.now() - STALE_MS).catch(() => undefined)
  }
  sweep()
  const timer = setInterval(sweep, SWEEP_MS).unref()
  return { stop: () => clearInterval(timer) }
}

/** Removes folders of ours that were last touched before a moment, in milliseconds since the epoch. */
export async function removeStale(parent: string, before: number): Promise<void> {
  const names = await readdir(parent)
  for (const name of names.filter((candidate) => candidate.startsWith(PREFIX))) {
    const folder = path.join(parent, name)
    // Another user's, or one that another process removes now: theirs to care for.
    await stat(folder).then(
      ({ mtimeMs }) => (mtimeMs < before ? removeFolder(folder).catch(() => undefined) : undefined),
      () => undefined
    )
  }
}
