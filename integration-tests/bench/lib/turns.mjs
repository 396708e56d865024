// @ts-check
// Requests of several kinds in turns, so that what else the machine does falls on all of them alike.
import { Agent, request } from "node:http"
import { performance } from "node:perf_hooks"

/** @typedef {{ status: number, text: string, ms: number }} Reply */
/** @typedef {{ method: string, url: string, headers?: Record<string, string>, body?: unknown }} Ask */
/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {(worker: number, turn: number) => Ask} ask
 * @property {(reply: Reply, worker: number, turn: number) => boolean} right whether it is the answer that was asked for
 */

/** @type {Agent | undefined} */
let agent

/**
 * One request on a connection that stays open.
 *
 * @param {Ask} ask
 * @returns {Promise<Reply>} milliseconds from sending to the answer's last byte
 */
export function send({ method, url, headers = {}, body }) {
  agent ??= new Agent({ keepAlive: true, maxSockets: 64 })
  const text = body === undefined ? "" : JSON.stringify(body)
  const json = body === undefined ? {} : { "Content-Type": "application/json" }
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const call = request(
      url,
      {
        method,
        agent,
        headers: { ...json, "Content-Length": Buffer.byteLength(text), ...headers },
      },
      (response) => {
        let answer = ""
        response.setEncoding("utf8")
        response.on("data", (chunk) => (answer += chunk))
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            text: answer,
            ms: performance.now() - started,
          })
        )
      }
    )
    call.on("error", reject)
    call.end(text)
  })
}

/**
 * Sends the kinds in turns, by so many workers at once, for so many seconds.
 *
 * @param {Kind[]} kinds
 * @param {number} workers
 * @param {number} seconds
 * @returns {Promise<Map<string, number[]>>} milliseconds by kind, in order
 * @throws Error when an answer is wrong
 */
export async function inTurns(kinds, workers, seconds) {
  const times = new Map(kinds.map(({ name }) => [name, /** @type {number[]} */ ([])]))
  const until = performance.now() + seconds * 1000
  /** @param {number} worker */
  const work = async (worker) => {
    for (let turn = 0; performance.now() < until; turn++) {
      for (const { name, ask, right } of kinds) {
        const reply = await send(ask(worker, turn))
        if (!right(reply, worker, turn)) {
          throw new Error(`${name}: ${reply.status} ${reply.text.slice(0, 500)}`)
        }
        times.get(name)?.push(reply.ms)
      }
    }
  }
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)))
  for (const each of times.values()) {
    each.sort((a, b) => a - b)
  }
  return times
}

/**
 * @param {number[]} sorted
 * @param {number} share 0 to 1
 */
export function quantile(sorted, share) {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? NaN
}
