// Entry of the baseline's process. It holds its pictures in memory, as a renderer does once it has its job.
import { readFile } from "node:fs/promises"
import { performance } from "node:perf_hooks"
import sharp from "sharp"
import { serveParent } from "../../../src/lib/worker-child"
import { compose, type Drawing } from "./render-baseline"

/** `background` and `upload` are paths of their files. */
export type BaselineJob = { drawing: Drawing; background: string; upload: string }
/** Milliseconds, and the file's size. */
export type BaselineResult = { ms: number; bytes: number }

const files = new Map<string, Buffer>()

async function read(path: string): Promise<Buffer> {
  const bytes = files.get(path) ?? (await readFile(path))
  files.set(path, bytes)
  return bytes
}

// As in the renderer's process.
sharp.cache(false)
sharp.concurrency(1)

serveParent(async ({ drawing, background, upload }: BaselineJob): Promise<BaselineResult> => {
  const [behind, picture] = [await read(background), await read(upload)]
  const started = performance.now()
  const file = await compose(drawing, behind, picture)
  return { ms: performance.now() - started, bytes: file.length }
})
