// @ts-check
// What can be learned about, and done to, a process that this one did not start.
import { spawnSync } from "node:child_process"
import { readFileSync, readlinkSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { errorCode } from "../plain-error.mjs"

/**
 * Whether a process with this id exists; a zombie does not count.
 *
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === "EPERM"
  }
  return linuxStat(pid)?.state !== "Z"
}

/**
 * A text that tells this process from a later one with the same id, or "" when the system does not say.
 *
 * @param {number} pid
 */
export function startMark(pid) {
  if (process.platform === "linux") {
    return linuxStat(pid)?.started ?? ""
  }
  return (
    spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? ""
  )
}

/**
 * Whether the process is a PostgreSQL server that works on this data folder.
 *
 * @param {number} pid
 * @param {string} cluster absolute path of the folder
 */
export function isPostgresOn(pid, cluster) {
  if (!isAlive(pid)) {
    return false
  }
  const command = commandLine(pid)
  if (!/postgres/.test(command)) {
    return false
  }
  return command.includes(cluster) || workingFolder(pid) === cluster
}

/**
 * Sends the signals one after the other, each with its patience, until the process is gone.
 *
 * @param {number} pid
 * @param {ReadonlyArray<readonly [signal: NodeJS.Signals, patienceMs: number]>} signals
 * @returns {Promise<boolean>} whether it is gone
 */
export async function terminate(pid, signals) {
  for (const [signal, patienceMs] of signals) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (errorCode(error) === "ESRCH") {
        return true
      }
      throw error
    }
    for (const until = Date.now() + patienceMs; Date.now() < until;) {
      if (!isAlive(pid)) {
        return true
      }
      await sleep(25)
    }
  }
  return !isAlive(pid)
}

/** PG* variables of the caller (PGDATA, PGPORT, PGOPTIONS) must not reach the server; messages are matched in English. */
export function cleanEnv() {
  const entries = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(entries), LC_ALL: "C" }
}

/**
 * @param {number} pid
 * @returns {{ state: string, started: string } | undefined}
 */
function linuxStat(pid) {
  if (process.platform !== "linux") {
    return undefined
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    // The command's name stands in parentheses and may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    return { state: fields[0] ?? "", started: fields[19] ?? "" }
  } catch {
    return undefined
  }
}

/** @param {number} pid */
function commandLine(pid) {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
    } catch {
      return ""
    }
  }
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? ""
}

/** @param {number} pid */
function workingFolder(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ""
  }
}

/**
 * Sends the signal to a child when this process exits without having waited for it.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalOnExit(child, signal) {
  const onExit = () => child.kill(signal)
  process.once("exit", onExit)
  child.once("exit", () => process.removeListener("exit", onExit))
}
