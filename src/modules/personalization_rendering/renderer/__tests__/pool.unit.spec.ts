import { once } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { definitionSchema } from "../../../../domain/template/definition"
import { renderOptionsSchema } from "../../../../lib/render-options"
import { RendererPool } from "../pool"
import { forkRenderer } from "../process"
import type { RendererJob } from "../protocol"
import { disc, makeJob, type Picture, pixelsOf, twoBands } from "./fixture"

let product: Picture
let photo: Picture
const pools: RendererPool[] = []

beforeAll(async () => {
  product = await disc()
  photo = await twoBands()
})

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function pool(options: Parameters<typeof renderOptionsSchema.parse>[0] = {}): RendererPool {
  const made = new RendererPool(renderOptionsSchema.parse(options))
  pools.push(made)
  return made
}

const job = (change: Partial<RendererJob> = {}) => makeJob(product, photo, change)

/** A print of 50 megapixels, which keeps a process busy for a while. */
function slowJob(): RendererJob {
  const definition = structuredClone(job().definition)
  const area = definition.placements[0]?.print_area
  Object.assign(area ?? {}, { width_mm: 700, height_mm: 700, dpi: 256 })
  return job({ target: "print", definition: definitionSchema.parse(definition) })
}

/** Never a default: signals to process 0 go to the whole group of this test. */
function only(pids: number[]): number {
  const [pid] = pids
  if (pids.length !== 1 || !pid) {
    throw new Error(`There are ${pids.length} processes, not one.`)
  }
  return pid
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 400) {
      throw new Error("It never came to that.")
    }
    await sleep(25)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

it("renders in another process, which stays warm for the next render", async () => {
  const renderer = pool({ concurrency: 1 })
  const first = await renderer.render(job())
  expect(Buffer.isBuffer(first.data)).toBe(true)
  expect((await pixelsOf(first)).width).toBe(400)
  const [pid] = renderer.stats().idle_pids
  expect(pid).not.toBe(process.pid)
  const second = await renderer.render(job())
  expect(second.data.equals(first.data)).toBe(true)
  expect(renderer.stats()).toEqual({ running: 0, queued: 0, busy_pids: [], idle_pids: [pid] })
})

it("hands on the renderer's own errors and goes on with the same process", async () => {
  const renderer = pool({ concurrency: 1 })
  await renderer.render(job())
  const before = renderer.stats().idle_pids
  await expect(renderer.render({ ...job(), placement: "sleeve" })).rejects.toMatchObject({
    name: "RenderError",
    code: "placement_unknown",
    step: "plan",
    retryable: false,
  })
  expect(renderer.stats().idle_pids).toEqual(before)
})

it("kills a process at the deadline, names the step, and goes on with a fresh one", async () => {
  const renderer = pool({ concurrency: 1, print_deadline_ms: 150 })
  await renderer.render(job())
  const old = only(renderer.stats().idle_pids)
  await expect(renderer.render(slowJob())).rejects.toMatchObject({
    code: "deadline_exceeded",
    step: expect.stringMatching(/^(load|draw|encode)$/),
    retryable: true,
  })
  expect(isAlive(old)).toBe(false)
  await expect(renderer.render(job())).resolves.toMatchObject({ width: 400 })
  expect(renderer.stats().idle_pids).not.toContain(old)
})

it("survives the death of a process: the render fails clearly, the next one gets a fresh process", async () => {
  const renderer = pool({ concurrency: 1 })
  await renderer.render(job())
  const doomed = renderer.render(slowJob())
  const outcome = expect(doomed).rejects.toMatchObject({
    code: "renderer_crashed",
    message: expect.stringContaining("SIGKILL"),
    retryable: true,
  })
  const pid = only(renderer.stats().busy_pids)
  await sleep(100)
  process.kill(pid, "SIGKILL")
  await outcome
  await expect(renderer.render(job())).resolves.toMatchObject({ width: 400 })
})

it("passes over a process that died while it was idle", async () => {
  const renderer = pool({ concurrency: 1 })
  await renderer.render(job())
  const pid = only(renderer.stats().idle_pids)
  process.kill(pid, "SIGKILL")
  await until(() => !isAlive(pid))
  await sleep(50)
  await expect(renderer.render(job())).resolves.toMatchObject({ width: 400 })
})

it("works at most as wide as it may, lets a bounded number wait, and refuses the rest at once", async () => {
  const strict = pool({ concurrency: 1, queue_limit: 0 })
  await strict.render(job())
  await expect(strict.render(job())).resolves.toMatchObject({ width: 400 })
  const renderer = pool({ concurrency: 1, queue_limit: 2 })
  const accepted = [renderer.render(job()), renderer.render(job()), renderer.render(job())]
  expect(renderer.stats()).toMatchObject({ running: 1, queued: 2 })
  await expect(renderer.render(job())).rejects.toMatchObject({
    code: "queue_full",
    retryable: true,
  })
  await expect(Promise.all(accepted)).resolves.toHaveLength(3)
  await expect(renderer.render(job())).resolves.toMatchObject({ width: 400 })
})

it("closes: what waits is refused, what runs is finished, the processes are gone", async () => {
  const renderer = pool({ concurrency: 1 })
  const running = renderer.render(job())
  const refused = expect(renderer.render(job())).rejects.toMatchObject({ code: "renderer_closed" })
  const pid = only(renderer.stats().busy_pids)
  await renderer.close()
  await refused
  await expect(running).resolves.toMatchObject({ width: 400 })
  expect(isAlive(pid)).toBe(false)
  await expect(renderer.render(job())).rejects.toMatchObject({ code: "renderer_closed" })
})

it("a process ends when its server is gone, and knows none of the server's secrets", async () => {
  process.env.RENDERER_SPEC_SECRET = "hidden"
  const child = forkRenderer()
  delete process.env.RENDERER_SPEC_SECRET
  await once(child, "message")
  if (process.platform === "linux") {
    const { readFile } = await import("node:fs/promises")
    expect(await readFile(`/proc/${child.pid}/environ`, "utf8")).not.toContain("hidden")
  }
  const ended = once(child, "exit")
  child.disconnect()
  expect(await ended).toEqual([0, null])
})
