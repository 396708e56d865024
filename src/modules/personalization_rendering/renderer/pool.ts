// A bounded number of renderer processes behind a bounded queue.
import { RenderError } from "../../../domain/rendering/errors"
import type { RenderOptions } from "../../../lib/render-options"
import { RendererProcess } from "./process"
import type { RendererJob, RenderResult } from "./protocol"

type Waiting = {
  job: RendererJob
  resolve: (result: RenderResult) => void
  reject: (error: unknown) => void
}

export type PoolStats = {
  running: number
  queued: number
  /** Ids of the renderer processes that work, and of the idle ones. */
  busy_pids: number[]
  idle_pids: number[]
}

/** Starts processes when there is work, keeps them warm, and replaces those that died. */
export class RendererPool {
  private readonly idle: RendererProcess[] = []
  private readonly busy = new Set<RendererProcess>()
  private readonly waiting: Waiting[] = []
  private readonly working = new Set<Promise<void>>()
  private closed = false

  constructor(private readonly options: RenderOptions) {}

  /**
   * Renders now, or as soon as a process is free.
   * @throws RenderError: `queue_full` at once when the queue is full, `renderer_closed` after `close`, and what the renderer
   * itself throws
   */
  render(job: RendererJob): Promise<RenderResult> {
    if (this.closed) {
      return Promise.reject(closedError())
    }
    const { concurrency, queue_limit: queueLimit } = this.options
    if (this.busy.size >= concurrency && this.waiting.length >= queueLimit) {
      return Promise.reject(
        new RenderError(
          "queue_full",
          `The renderer is busy and ${queueLimit} renders wait already.`,
          {
            params: { queue_limit: queueLimit },
          }
        )
      )
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, resolve, reject })
      this.pump()
    })
  }

  stats(): PoolStats {
    return {
      running: this.busy.size,
      queued: this.waiting.length,
      busy_pids: pids([...this.busy]),
      idle_pids: pids(this.idle),
    }
  }

  /** Refuses what waits, lets what runs come to its end (its deadline at the latest), then ends the processes. */
  async close(): Promise<void> {
    this.closed = true
    for (const { reject } of this.waiting.splice(0)) {
      reject(closedError())
    }
    await Promise.all(this.working)
    await Promise.all(this.idle.splice(0).map((renderer) => renderer.stop()))
  }

  private pump(): void {
    while (this.busy.size < this.options.concurrency) {
      const next = this.waiting.shift()
      if (!next) {
        return
      }
      const work = this.work(next).finally(() => this.working.delete(work))
      this.working.add(work)
    }
  }

  /** Never rejects: the outcome goes to whoever asked. */
  private async work({ job, resolve, reject }: Waiting): Promise<void> {
    const renderer = this.takeProcess()
    this.busy.add(renderer)
    const { preview_deadline_ms: preview, print_deadline_ms: print } = this.options
    const settle = await renderer.run(job, job.target === "print" ? print : preview).then(
      (result) => () => resolve(result),
      (error: unknown) => () => reject(error)
    )
    // The place is free before anybody hears of the outcome: whoever asks again then must not find it taken.
    this.busy.delete(renderer)
    if (renderer.usable) {
      this.idle.push(renderer)
    }
    this.pump()
    settle()
  }

  private takeProcess(): RendererProcess {
    for (let idle = this.idle.pop(); idle; idle = this.idle.pop()) {
      // One that died while it was idle is passed over.
      if (idle.usable) {
        return idle
      }
    }
    return new RendererProcess()
  }
}

function pids(renderers: RendererProcess[]): number[] {
  return renderers.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
}

function closedError(): RenderError {
  return new RenderError("renderer_closed", "The renderer is shutting down.")
}
