// The server's end of one renderer process: starts it, gives it one render at a time, kills it at the deadline.
import { type ChildProcess, fork } from "node:child_process"
import path from "node:path"
import { RenderError } from "../../../domain/rendering/errors"
import type { FromRenderer, RendererJob, RenderResult, RenderStep, ToRenderer } from "./protocol"

/** How long a process may take to load its libraries. */
const START_LIMIT_MS = 30_000

/** A renderer decodes strangers' pictures: of the server's environment it gets what it needs to run, and no secrets. */
const ENVIRONMENT = [
  "NODE_ENV",
  "PATH",
  "HOME",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "LD_LIBRARY_PATH",
]

type Pending = {
  id: number
  step: RenderStep | undefined
  timer: NodeJS.Timeout
  resolve: (result: RenderResult) => void
  reject: (error: RenderError) => void
}

export class RendererProcess {
  private readonly child: ChildProcess
  private readonly ready: Promise<void>
  private readonly ended: Promise<void>
  private pending: Pending | undefined
  private jobs = 0
  private overdue: RenderError | undefined
  private alive = true

  constructor() {
    this.child = forkRenderer()
    this.ended = new Promise((resolve) => {
      this.child.once("exit", (code, signal) => {
        this.end(`The renderer process ended (${signal ?? `exit code ${code}`})`)
        resolve()
      })
      this.child.once("error", (error) => {
        this.end(`The renderer process failed (${error.message})`)
        resolve()
      })
    })
    this.ready = this.waitUntilReady()
    // Whoever gives it work learns of a failed start; while nobody does, it is no unhandled rejection.
    this.ready.catch(() => undefined)
    this.child.on("message", (message: FromRenderer) => this.receive(message))
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  /** False once the process has ended or was told to. */
  get usable(): boolean {
    return this.alive && this.child.connected
  }

  /**
   * Renders in the process. The deadline counts from when the process has it.
   * @throws RenderError; after `deadline_exceeded`, `renderer_crashed` and `renderer_start_failed` the process is gone
   */
  async run(job: RendererJob, deadlineMs: number): Promise<RenderResult> {
    this.keepServerAlive(true)
    try {
      await this.ready
      return await this.ask(job, deadlineMs)
    } finally {
      this.keepServerAlive(false)
    }
  }

  /** Lets the process end by itself, or kills it; resolves when it is gone. */
  async stop(signal?: "SIGKILL"): Promise<void> {
    this.alive = false
    if (signal) {
      this.child.kill(signal)
    } else if (this.child.connected) {
      this.child.disconnect()
    }
    await this.ended
  }

  private ask(job: RendererJob, deadlineMs: number): Promise<RenderResult> {
    return new Promise<RenderResult>((resolve, reject) => {
      const id = ++this.jobs
      const timer = setTimeout(() => this.killOverdue(deadlineMs), deadlineMs)
      this.pending = { id, step: undefined, timer, resolve, reject }
      const message: ToRenderer = { type: "render", id, job, deadline_ms: deadlineMs }
      this.child.send(message, (error) => {
        if (error) {
          this.end(`The renderer process could not be reached (${error.message})`)
        }
      })
    })
  }

  private receive(message: FromRenderer): void {
    const { pending } = this
    if (message.type === "ready" || !pending || message.id !== pending.id) {
      return
    }
    if (message.type === "step") {
      pending.step = message.step
      return
    }
    clearTimeout(pending.timer)
    this.pending = undefined
    if (message.type === "error") {
      const { code, message: text, params, step } = message.error
      pending.reject(new RenderError(code, text, { params, ...(step && { step }) }))
    } else {
      const { data, ...rest } = message.result
      pending.resolve({
        ...rest,
        data: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
      })
    }
  }

  private killOverdue(deadlineMs: number): void {
    const step = this.pending?.step
    this.overdue = new RenderError(
      "deadline_exceeded",
      `The render took longer than ${deadlineMs} ms and was stopped${step ? ` at "${step}"` : ""}.`,
      { params: { deadline_ms: deadlineMs }, ...(step && { step }) }
    )
    this.alive = false
    // The answer waits for the exit, so that the next render never shares the machine with a dying one.
    this.child.kill("SIGKILL")
  }

  private end(reason: string): void {
    this.alive = false
    const { pending } = this
    this.pending = undefined
    if (pending) {
      clearTimeout(pending.timer)
      const { step } = pending
      const where = step ? ` at "${step}"` : ""
      pending.reject(
        this.overdue ??
          new RenderError("renderer_crashed", `${reason}${where}.`, { ...(step && { step }) })
      )
    }
  }

  private waitUntilReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => {
        clearTimeout(timer)
        this.alive = false
        this.child.kill("SIGKILL")
        reject(
          new RenderError("renderer_start_failed", `A renderer process did not start: ${reason}.`)
        )
      }
      const timer = setTimeout(() => fail(`not ready after ${START_LIMIT_MS} ms`), START_LIMIT_MS)
      timer.unref()
      this.child.once("message", () => {
        clearTimeout(timer)
        resolve()
      })
      this.child.once("exit", (code, signal) => fail(signal ?? `exit code ${code}`))
      this.child.once("error", (error) => fail(error.message))
    })
  }

  /** A warm process without work must not keep a command alive that has finished. */
  private keepServerAlive(busy: boolean): void {
    const { child } = this
    if (busy) {
      child.ref()
      child.channel?.ref()
    } else {
      child.unref()
      child.channel?.unref()
    }
  }
}

/** Runs the entry beside this file: built JavaScript, or TypeScript through ts-node where the server runs from source. */
export function forkRenderer(): ChildProcess {
  const extension = path.extname(__filename)
  const fromSource = extension === ".ts"
  const env = Object.fromEntries(ENVIRONMENT.map((name) => [name, process.env[name]]))
  return fork(path.join(__dirname, `child${extension}`), [], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: fromSource ? ["-r", require.resolve("ts-node/register/transpile-only")] : [],
    // ts-node looks for its settings from here upwards, wherever the server was started.
    env: fromSource ? { ...env, TS_NODE_CWD: __dirname } : env,
  })
}
