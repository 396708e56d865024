// Private folders for files in transit.
import { mkdtemp, readdir, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"

const PREFIX = "personalization-upload-"
/** Milliseconds after which a folder belongs to no request any more: a process died over it. */
const STALE_MS = 86_400_000

let swept: Promise<void> | undefined

/** Makes a folder that only this user may enter (`mkdtemp` makes it 0700). The first one clears away what crashes left. */
export async function makeFolder(): Promise<string> {
  swept ??= removeStale(tmpdir(), Date.now() - STALE_MS).catch(() => undefined)
  await swept
  return mkdtemp(path.join(tmpdir(), PREFIX))
}

/** Removes a folder with all that is in it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
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
