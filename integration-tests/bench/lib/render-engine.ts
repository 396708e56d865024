// The renderer by itself: previews and prints beside the baseline's, its memory, and two processes beside one.
import { once } from "node:events"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { performance } from "node:perf_hooks"
import { RendererPool } from "../../../src/modules/personalization_rendering/renderer/pool"
import { forkRenderer } from "../../../src/modules/personalization_rendering/renderer/process"
import {
  RENDER_STEPS,
  type RendererJob,
  type RenderResult,
} from "../../../src/modules/personalization_rendering/renderer/protocol"
import { startBaseline, type Baseline } from "./render-baseline-process"
import {
  designPictures,
  drawing,
  rendererJob,
  type DesignPictures,
  type Wanted,
} from "./render-design"

export type Check = { what: string; value: number; bound: number; most: boolean; unit?: string }
type Say = (line: string) => void
type Stage = { pictures: DesignPictures; baseline: Baseline; seconds: number; say: Say }

const KINDS: readonly (Wanted & { what: string })[] = [
  { what: "WebP preview", target: "preview", format: "webp" },
  { what: "PNG preview", target: "preview", format: "png" },
  { what: "print file", target: "print", format: "png" },
]
/** Of the baseline's time. */
const TIME_BOUND = 0.4
const MEMORY_BOUND_MB = 450
const TWO_BOUND = 1.8
/** Turns at least, however long each takes. */
const LEAST_TURNS = 7
/** Previews of a turn when processes are compared: enough that the first and the last one, with a process idle, weigh little. */
const BATCH = 24
const DEADLINE_MS = 120_000

/** @param options `seconds`: how long each comparison takes at least */
export async function engineChecks({
  seconds,
  say,
}: {
  seconds: number
  say: Say
}): Promise<Check[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "personalization-bench-render-"))
  say("Making the pictures.")
  const pictures = await designPictures()
  const baseline = await startBaseline(folder, pictures)
  // Idle renderers keep no program alive, not even one that waits for their end.
  const alive = setInterval(() => undefined, DEADLINE_MS)
  const checks: Check[] = []
  try {
    for (const kind of KINDS) {
      checks.push(...(await compare({ pictures, baseline, seconds, say }, kind)))
    }
    return [...checks, await twoProcesses(pictures, seconds, say)]
  } finally {
    await baseline.stop()
    await rm(folder, { recursive: true, force: true })
    clearInterval(alive)
  }
}

/** A pool of so many processes whose queue never refuses. */
export function openPool(concurrency: number): RendererPool {
  return new RendererPool({
    concurrency,
    queue_limit: 10_000,
    max_queued_jobs: 10_000,
    preview_deadline_ms: DEADLINE_MS,
    print_deadline_ms: DEADLINE_MS,
  })
}

/** Renders per second of a pool, from the first job handed in to the last result. */
export async function rate(pool: RendererPool, jobs: RendererJob[]): Promise<number> {
  const started = performance.now()
  await Promise.all(jobs.map((job) => pool.render(job)))
  return (jobs.length / (performance.now() - started)) * 1000
}

/** Ours counts from handing the job to the process to having the file back; the baseline's is its own work alone. */
async function compare(
  { pictures, baseline, seconds, say }: Stage,
  { what, ...wanted }: (typeof KINDS)[number]
): Promise<Check[]> {
  const pool = openPool(1)
  const results: RenderResult[] = []
  const bytes: number[] = []
  let turn = 0
  const ours = async () => {
    const job = rendererJob(pictures, wanted, `Ada Lovelace ${turn++ % 100}`)
    const started = performance.now()
    results.push(await pool.render(job))
    return performance.now() - started
  }
  const theirs = async () => {
    const drawn = await baseline.draw(drawing(wanted, `Ada Lovelace ${turn % 100}`))
    bytes.push(drawn.bytes)
    return drawn.ms
  }
  try {
    await inTurns([ours, theirs], 0, 2)
    results.length = 0
    const times = await inTurns([ours, theirs], seconds, LEAST_TURNS)
    const [our, their] = [median(times[0] ?? []), median(times[1] ?? [])]
    say(`\n${what}, medians of ${results.length} turns`)
    say(
      `  renderer   ${our.toFixed(1)} ms, ${kilobytes(results[0]?.data.length)}: ${steps(results)}`
    )
    say(`  sharp      ${their.toFixed(1)} ms, ${kilobytes(bytes[0])}`)
    const checks = [
      {
        what: `${what}: renderer to plain sharp`,
        value: our / their,
        bound: TIME_BOUND,
        most: true,
      },
    ]
    return wanted.target === "print" ? [...checks, await memory(pool, baseline, say)] : checks
  } finally {
    await pool.close()
  }
}

/** The most memory that the process that made the prints has held. */
async function memory(pool: RendererPool, baseline: Baseline, say: Say): Promise<Check> {
  const value = await megabytes(pool.stats().idle_pids[0], "VmHWM")
  const other = await megabytes(baseline.pid(), "VmHWM")
  say(
    `  peak memory: renderer ${value.toFixed(0)} MB, of which ${(await idleMemory()).toFixed(0)} MB before any work ` +
      `(run from source, it holds the compiler too); sharp ${other.toFixed(0)} MB`
  )
  const what = "print file: peak memory of the renderer process"
  return { what, value, bound: MEMORY_BOUND_MB, most: true, unit: "MB" }
}

/** Resident memory of a renderer process that has done nothing yet. */
async function idleMemory(): Promise<number> {
  const child = forkRenderer()
  try {
    await once(child, "message")
    return await megabytes(child.pid, "VmRSS")
  } finally {
    child.disconnect()
  }
}

async function twoProcesses(pictures: DesignPictures, seconds: number, say: Say): Promise<Check> {
  const pools = [openPool(1), openPool(2)]
  const wanted = { target: "preview", format: "webp" } as const
  const batch = Array.from({ length: BATCH }, (_, index) =>
    rendererJob(pictures, wanted, `Grace Hopper ${index}`)
  )
  try {
    const runs = pools.map((pool) => () => rate(pool, batch))
    await inTurns(runs, 0, 1)
    const rates = await inTurns(runs, seconds, LEAST_TURNS)
    const [one, two] = [median(rates[0] ?? []), median(rates[1] ?? [])]
    say(`\nPreviews per second: ${one.toFixed(1)} by one process, ${two.toFixed(1)} by two`)
    const what = "throughput of two renderer processes to one"
    return { what, value: two / one, bound: TWO_BOUND, most: false }
  } finally {
    await Promise.all(pools.map((pool) => pool.close()))
  }
}

/** Runs each in turn, so that what else the machine does falls on all alike. @returns what each said, in order */
async function inTurns(
  runs: (() => Promise<number>)[],
  seconds: number,
  least: number
): Promise<number[][]> {
  const said: number[][] = runs.map(() => [])
  const until = performance.now() + seconds * 1000
  for (let turn = 0; turn < least || performance.now() < until; turn++) {
    for (const [index, run] of runs.entries()) {
      said[index]?.push(await run())
    }
  }
  return said
}

/** The middle one of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? NaN)) / 2
}

function steps(results: RenderResult[]): string {
  return RENDER_STEPS.map(
    (step) => `${step} ${median(results.map(({ timings }) => timings[step])).toFixed(1)}`
  ).join(", ")
}

/** A figure of a process's memory (Linux). */
async function megabytes(pid: number | undefined, name: "VmHWM" | "VmRSS"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8")
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? NaN) / 1024
}

function kilobytes(bytes = NaN): string {
  return `${(bytes / 1000).toFixed(0)} kB`
}
