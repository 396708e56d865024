// One process that works for this one: started from a file, given one job at a time, killed at the deadline or beyond its
// memory.
import { type ChildProcess, fork } from "node:child_process"
import { existsSync } from "node:fs"
import path from "node:path"
import { MEMORY_VARIABLE, type FromWorker, type ToWorker } from "./worker-child"

/** How long a process may take to load its libraries, in milliseconds. */
const START_LIMIT_MS = 30_000
/**
 * What a process maps but does not use (stacks, allocators' arenas, the engine), in MiB; the compiler that runs it from
 * source keeps another GiB.
 */
const MAPPED_MB = 512
const MAPPED_FROM_SOURCE_MB = 2048
/** Where every Unix has a shell. */
const SHELL = "/bin/sh"

/** A worker handles strangers' files: of the server's environment it gets what it needs to run, and no secrets. */
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

/**
 * Why a job has no result. `failed`: the work threw, the process goes on. After the others the process is gone: `deadline`
 * and `memory` say that it went over a limit, `crashed` that it ended otherwise, `start_failed` that it never worked.
 */
export type WorkerFault = "failed" | "deadline" | "memory" | "crashed" | "start_failed"

export class WorkerError extends Error {
  constructor(
    readonly fault: WorkerFault,
    message: string
  ) {
    super(message)
    this.name = "WorkerError"
  }
}

export type WorkerOptions = {
  /** The entry file without its extension; it calls `serveParent`. */
  entry: string
  /** Resident memory beyond which the process ends, in MiB. */
  memory_mb: number
  /** Variables beside those that every worker gets. */
  env?: Record<string, string>
}

type Pending<Result> = {
  id: number
  timer: NodeJS.Timeout
  resolve: (result: Result) => void
  reject: (error: WorkerError) => void
}

export class WorkerProcess<Job, Result> {
  private readonly child: ChildProcess
  private readonly ready: Promise<void>
  private readonly ended: Promise<void>
  private pending: Pending<Result> | undefined
  private jobs = 0
  private alive = true
  private verdict: WorkerError | undefined

  constructor(private readonly options: WorkerOptions) {
    this.child = start(options)
    this.ended = new Promise((resolve) => {
      const end = (reason: string) => {
        this.end(new WorkerError("crashed", `The process ended (${reason}).`))
        resolve()
      }
      this.child.once("exit", (code, signal) => end(signal ?? `exit code ${code}`))
      this.child.once("error", (error) => end(error.message))
    })
    this.ready = this.waitUntilReady()
    // Whoever gives it work learns of a failed start; while nobody does, it is no unhandled rejection.
    this.ready.catch(() => undefined)
    this.child.on("message", (message: FromWorker<Result>) => this.receive(message))
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  /** False once the process has ended or was told to. */
  get usable(): boolean {
    return this.alive && this.child.connected
  }

  /** Has a job done. The deadline counts from when the process has it. @throws WorkerError */
  async run(job: Job, deadlineMs: number): Promise<Result> {
    this.keepServerAlive(true)
    try {
      await this.ready
      return await this.ask(job, deadlineMs)
    } finally {
      this.keepServerAlive(false)
    }
  }

  /** Ends the process; resolves when it is gone. */
  async stop(): Promise<void> {
    this.alive = false
    this.keepServerAlive(true)
    this.child.kill("SIGKILL")
    await this.ended
  }

  private ask(job: Job, deadlineMs: number): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const id = ++this.jobs
      const timer = setTimeout(() => {
        this.kill(new WorkerError("deadline", `It took longer than ${deadlineMs} ms.`))
      }, deadlineMs)
      this.pending = { id, timer, resolve, reject }
      const message: ToWorker<Job> = { id, job }
      this.child.send(message, (error) => {
        if (error) {
          this.end(new WorkerError("crashed", `It could not be reached (${error.message}).`))
        }
      })
    })
  }

  private receive(message: FromWorker<Result>): void {
    if (message.type === "out_of_memory") {
      this.kill(new WorkerError("memory", `It took more than ${this.options.memory_mb} MiB.`))
      return
    }
    const { pending } = this
    if (message.type === "ready" || !pending || message.id !== pending.id) {
      return
    }
    clearTimeout(pending.timer)
    this.pending = undefined
    if (message.type === "failed") {
      pending.reject(new WorkerError("failed", message.message))
    } else {
      pending.resolve(message.result)
    }
  }

  private kill(verdict: WorkerError): void {
    this.verdict ??= verdict
    this.alive = false
    // The answer waits for the exit, so that the next job never shares the machine with a dying process.
    this.child.kill("SIGKILL")
  }

  private end(error: WorkerError): void {
    this.alive = false
    const { pending } = this
    this.pending = undefined
    if (pending) {
      clearTimeout(pending.timer)
      pending.reject(this.verdict ?? error)
    }
  }

  private waitUntilReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => {
        clearTimeout(timer)
        this.alive = false
        this.child.kill("SIGKILL")
        reject(new WorkerError("start_failed", `The process did not start: ${reason}.`))
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

/** Runs the entry: built JavaScript, or TypeScript through ts-node where the server runs from source. */
function start({ entry, memory_mb, env = {} }: WorkerOptions): ChildProcess {
  const extension = path.extname(__filename)
  const fromSource = extension === ".ts"
  const kept = Object.fromEntries(ENVIRONMENT.map((name) => [name, process.env[name]]))
  return fork(`${entry}${extension}`, [], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    ...limited(
      fromSource ? ["-r", require.resolve("ts-node/register/transpile-only")] : [],
      memory_mb + (fromSource ? MAPPED_FROM_SOURCE_MB : MAPPED_MB)
    ),
    env: {
      ...kept,
      ...env,
      [MEMORY_VARIABLE]: String(memory_mb),
      // ts-node looks for its settings from here upwards, wherever the server was started.
      ...(fromSource ? { TS_NODE_CWD: __dirname } : {}),
    },
  })
}

/**
 * The process looks after its memory itself; the kernel stops one that grows faster than it looks, where there is a shell
 * to set the limit (`ulimit -d`: the heap and all private mappings on Linux 4.7 and later).
 */
function limited(execArgv: string[], data_mb: number): { execPath: string; execArgv: string[] } {
  if (process.platform === "win32" || !existsSync(SHELL)) {
    return { execPath: process.execPath, execArgv }
  }
  const script = `ulimit -d ${data_mb * 1024} 2>/dev/null; exec "$0" "$@"`
  return { execPath: SHELL, execArgv: ["-c", script, process.execPath, ...execArgv] }
}
