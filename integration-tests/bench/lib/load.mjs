// @ts-check
// Load on a url, and what it costs: requests, latencies, processor time and memory of processes (Linux).
import autocannon from "autocannon"
import { readFile } from "node:fs/promises"

/** Processor time is counted by the kernel in hundredths of a second. */
const TICK_MS = 10

/**
 * @typedef {object} Figures
 * @property {number} rate answers per second
 * @property {number} p50 milliseconds
 * @property {number} p97 milliseconds, 97.5th percentile: autocannon has no 95th, and this is the harder bound
 * @property {number} max milliseconds
 * @property {number} cpu milliseconds of processor time of the server per answer
 * @property {number} database milliseconds of processor time of PostgreSQL per answer, when asked for
 * @property {number} requests
 * @property {number} failed answers that were not 200, errors and timeouts
 * @property {number} rss megabytes at the end
 */

/**
 * @param {{ url: string, headers?: Record<string, string>, connections: number, seconds: number, amount?: number,
 *   pid: number, databasePids?: () => Promise<number[]> }} run `amount` of requests instead of seconds: for what is so
 *   slow that the requests under way at the end would spoil the figures
 * @returns {Promise<Figures>}
 */
export async function load({ url, headers = {}, connections, seconds, amount, pid, databasePids }) {
  const length = amount === undefined ? { duration: seconds } : { amount }
  const { result, server, database } = await costing(pid, databasePids, () =>
    autocannon({ url, headers, connections, timeout: 60, ...length })
  )
  const requests = result["2xx"]
  return {
    rate: requests / result.duration,
    p50: result.latency.p50,
    p97: result.latency.p97_5,
    max: result.latency.max,
    cpu: server / requests,
    database: database / requests,
    requests,
    failed: result.non2xx + result.errors + result.timeouts,
    rss: await rssOf(pid),
  }
}

/**
 * What work costs: milliseconds of processor time of the server, and of PostgreSQL where its processes are given.
 *
 * @template T
 * @param {number} pid
 * @param {(() => Promise<number[]>) | undefined} databasePids
 * @param {() => Promise<T>} work
 * @returns {Promise<{ result: T, server: number, database: number }>}
 */
export async function costing(pid, databasePids, work) {
  const pids = async () => (await databasePids?.()) ?? []
  const before = { server: await cpuOf(pid), database: await cpuOfAll(await pids()) }
  const result = await work()
  const after = { server: await cpuOf(pid), database: await cpuOfAll(await pids()) }
  // A connection that was opened meanwhile has used all its time for this run.
  const database = [...after.database].reduce(
    (sum, [each, time]) => sum + time - (before.database.get(each) ?? 0),
    0
  )
  return { result, server: after.server - before.server, database }
}

/**
 * @param {number[]} pids
 * @returns {Promise<Map<number, number>>}
 */
async function cpuOfAll(pids) {
  const times = await Promise.all(pids.map((pid) => cpuOf(pid).catch(() => 0)))
  return new Map(pids.map((pid, index) => [pid, times[index] ?? 0]))
}

/**
 * User and system time of a process so far, in milliseconds.
 *
 * @param {number} pid
 */
async function cpuOf(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8")
  // The name, in parentheses, may hold spaces; the times are fields 14 and 15 of the line.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** @param {number} pid */
async function rssOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8")
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
