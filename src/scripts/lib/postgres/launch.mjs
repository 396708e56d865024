// @ts-check
// Starts the PostgreSQL server on a prepared data folder and knows how to stop it.
import { spawn } from "node:child_process"
import { closeSync, openSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createServer } from "node:net"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { PlainError } from "../plain-error.mjs"
import { cleanEnv, isAlive, signalOnExit, terminate } from "./processes.mjs"

export const HOST = "127.0.0.1"
const START_TIMEOUT_MS = 60_000

// SIGINT is PostgreSQL's "fast" shutdown (a checkpoint, then exit), SIGQUIT its "immediate" one (recovers at next start).
/** @type {ReadonlyArray<readonly [NodeJS.Signals, number]>} */
export const STOP_SIGNALS = [
  ["SIGINT", 20_000],
  ["SIGQUIT", 5_000],
  ["SIGKILL", 2_000],
]

/** @type {Record<string, string>} */
const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: "",
  max_connections: "200",
  log_destination: "stderr",
  logging_collector: "off",
}

/** Faster, and unsafe after a power failure: for data that is thrown away. */
const THROWAWAY_SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_wal_size: "2GB",
  checkpoint_timeout: "1h",
}

/**
 * @param {{ place: ReturnType<typeof import("./state.mjs").paths>, cluster: string, account: import("./account.mjs").Account,
 *   postgres: string, persistent: boolean, port: number | undefined }} input
 */
export async function launch({ place, cluster, account, postgres, persistent, port: wanted }) {
  const settings = persistent ? SETTINGS : { ...SETTINGS, ...THROWAWAY_SETTINGS }
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freePort())
    // A file and not a pipe: the server must not depend on this process to read what it writes.
    const logFile = openSync(place.log, "w", 0o600)
    const child = spawn(postgres, ["-D", cluster, "-p", String(port), ...flags], {
      cwd: "/",
      env: cleanEnv(),
      stdio: ["ignore", logFile, logFile],
      // Its own process group: Ctrl-C at the terminal must not stop the database before the server.
      detached: true,
      ...account,
    })
    closeSync(logFile)
    // For an exit that nobody planned: the data is safe, and nothing waits.
    signalOnExit(child, "SIGINT")
    const failure = await whenReady(child, cluster)
    if (!failure && child.pid !== undefined) {
      child.unref()
      return { child, pid: child.pid, port }
    }
    const said = failure ?? (await lastComplaint(place.log))
    if (/could not bind|could not create any TCP\/IP sockets|Address already in use/i.test(said)) {
      if (wanted !== undefined) {
        throw new PlainError(
          `Port ${wanted} on ${HOST} is taken by another program: choose another port for PostgreSQL.`
        )
      }
      if (attempt < 5) {
        continue
      }
    }
    // Orphaned backends of a killed server need a moment to notice and go.
    if (/pre-existing shared memory block/.test(said) && attempt < 20) {
      await sleep(500)
      continue
    }
    throw new PlainError(`PostgreSQL does not start on ${cluster}: ${said} (its log: ${place.log})`)
  }

  /**
   * @param {import("node:child_process").ChildProcess} child
   * @param {string} folder
   * @returns {Promise<string | undefined>} what went wrong, or undefined when it takes connections
   */
  async function whenReady(child, folder) {
    /** @type {string | undefined} */
    let failure
    child.on("error", (error) => (failure = error.message))
    const until = Date.now() + START_TIMEOUT_MS
    while (Date.now() < until) {
      if (failure !== undefined) {
        return failure
      }
      if (child.exitCode !== null || child.signalCode !== null) {
        return lastComplaint(place.log)
      }
      // The eighth line of this file is what pg_ctl waits for, too.
      const lines = await readFile(path.join(folder, "postmaster.pid"), "utf8").catch(() => "")
      const [pid, , , , , , , status] = lines.split("\n")
      if (Number(pid) === child.pid && status?.trim() === "ready") {
        return undefined
      }
      await sleep(20)
    }
    if (child.pid !== undefined && isAlive(child.pid)) {
      await terminate(child.pid, STOP_SIGNALS)
    }
    return `it was not ready after ${START_TIMEOUT_MS / 1000} seconds`
  }
}

/** @param {string} file */
async function lastComplaint(file) {
  const lines = (await readFile(file, "utf8").catch(() => "")).trim().split("\n")
  const complaints = lines.filter((line) => /(FATAL|PANIC|could not)/.test(line))
  return complaints.slice(0, 3).join(" ") || lines.at(-1) || "it ended without a word"
}

/** @returns {Promise<number>} a port that was free a moment ago */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on("error", reject)
    probe.listen(0, HOST, () => {
      const address = probe.address()
      probe.close(() =>
        address && typeof address === "object"
          ? resolve(address.port)
          : reject(new Error("no port"))
      )
    })
  })
}
