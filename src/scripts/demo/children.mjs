// @ts-check
// The programs that the demo runs: started in groups of their own, logged to files, and stopped together.
import { spawn } from "node:child_process"
import { createWriteStream } from "node:fs"
import path from "node:path"
import { createInterface } from "node:readline"
import { PlainError } from "../lib/plain-error.mjs"
import { logFile, ROOT } from "./files.mjs"

const PRELOAD = path.join(ROOT, "src/scripts/demo/exit-with-parent.cjs")
const MEDUSA = path.join(ROOT, "node_modules/@medusajs/cli/cli.js")
const LAST_LINES = 15
/** How long the last output of an ended program may take to arrive. */
const GRACE_MS = 500

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set()

/**
 * @typedef {object} Program
 * @property {import("node:child_process").ChildProcess} child
 * @property {Promise<number | null>} ended resolves with the exit code, null after a signal
 * @property {() => string} lastWords the end of what it printed
 */

/**
 * Starts a Node.js program in the repository. It has an IPC channel to this process, by whose end it learns that this
 * process is gone.
 *
 * @param {string} name of its log file
 * @param {string[]} args of node
 * @param {NodeJS.ProcessEnv} env the whole environment
 * @param {(line: string) => void} [onLine] gets each line of its standard output
 * @returns {Program}
 */
export function start(name, args, env, onLine = () => undefined) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Ctrl-C at the terminal reaches this process alone, which stops the others in their order.
    detached: true,
  })
  running.add(child)
  const log = createWriteStream(logFile(name), { mode: 0o600 })
  /** @type {string[]} */
  const tail = []
  /** @param {string} line */
  const keep = (line) => {
    log.write(`${line}\n`)
    tail.push(line)
    tail.splice(0, tail.length - LAST_LINES)
  }
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) {
      createInterface({ input: stream }).on("line", (line) => {
        if (stream === child.stdout) {
          onLine(line)
        }
        keep(line)
      })
    }
  }
  const ended = new Promise((resolve) => {
    child.on("error", (error) => {
      keep(error.message)
      running.delete(child)
      resolve(1)
    })
    child.on("exit", (code) => {
      // A program that was killed may leave programs of its own, which hold its output open.
      signalGroup(child, "SIGKILL")
      setTimeout(() => resolve(code), GRACE_MS).unref()
    })
    child.on("close", (code) => {
      running.delete(child)
      log.end()
      resolve(code)
    })
  })
  return { child, ended, lastWords: () => tail.join("\n") }
}

/**
 * Runs a command of Medusa's and waits for its end.
 *
 * @param {string} name of its log file
 * @param {string[]} args of the `medusa` command
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} [onLine]
 * @throws {PlainError} with the end of its output when it fails
 */
export async function medusa(name, args, env, onLine) {
  const program = start(name, ["--require", PRELOAD, MEDUSA, ...args], env, onLine)
  const code = await program.ended
  if (code !== 0) {
    throw new PlainError(
      `${program.lastWords()}\n\nmedusa ${args.join(" ")} failed; its whole output is in ${logFile(name)}.`
    )
  }
}

/**
 * Asks every program to end and waits.
 *
 * @param {number} patienceMs until they are killed
 */
export async function stopAll(patienceMs) {
  const children = [...running]
  signalAll("SIGTERM")
  const timer = setTimeout(() => signalAll("SIGKILL"), patienceMs)
  await Promise.all(children.map(closed))
  clearTimeout(timer)
}

/** Kills every program without waiting. */
export function killAll() {
  signalAll("SIGKILL")
}

/** @param {NodeJS.Signals} signal */
function signalAll(signal) {
  for (const child of running) {
    signalGroup(child, signal)
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup({ pid }, signal) {
  try {
    if (pid !== undefined) {
      process.kill(-pid, signal)
    }
  } catch {
    // The whole group has ended in the meantime.
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function closed(child) {
  return running.has(child) ? new Promise((resolve) => child.once("close", resolve)) : undefined
}
