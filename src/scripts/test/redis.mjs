// @ts-check
// Redis mode: which spec files carry the tag, and a throwaway redis-server on a free port of the loopback interface.
import { spawn, spawnSync } from "node:child_process"
import { readdir, readFile } from "node:fs/promises"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { PlainError } from "../lib/plain-error.mjs"

const HOST = "127.0.0.1"
const START_TIMEOUT_MS = 10_000
const TAG_LINES = 5
const SPEC_FOLDERS = ["integration-tests/http", "integration-tests/modules", "src/modules"]

/**
 * Spec files with the word `@redis` in their first lines: they run a second time in Redis mode.
 *
 * @param {string} root
 * @returns {Promise<string[]>} absolute paths
 */
export async function redisSpecs(root) {
  const found = []
  for (const folder of SPEC_FOLDERS) {
    const names = await readdir(path.join(root, folder), { recursive: true }).catch(() => [])
    for (const name of names.filter((each) => each.endsWith(".spec.ts"))) {
      const file = path.join(root, folder, name)
      const head = (await readFile(file, "utf8")).split("\n", TAG_LINES).join("\n")
      if (/@redis\b/.test(head)) {
        found.push(file)
      }
    }
  }
  return found.sort()
}

/**
 * The Redis of the environment (REDIS_URL), or one started for this run.
 *
 * @returns {Promise<{ url: string, stop: () => Promise<void> } | undefined>} undefined when there is no redis-server
 */
export async function startRedis() {
  if (process.env.REDIS_URL) {
    return { url: process.env.REDIS_URL, stop: async () => undefined }
  }
  if (spawnSync("redis-server", ["--version"]).error) {
    return undefined
  }
  const port = await freePort()
  const args = ["--bind", HOST, "--port", String(port), "--save", "", "--appendonly", "no"]
  const child = spawn("redis-server", args, { cwd: tmpdir(), stdio: "ignore" })
  const ended = new Promise((resolve) => child.once("exit", resolve))
  const stopWithUs = () => child.kill("SIGTERM")
  process.once("exit", stopWithUs)
  const until = Date.now() + START_TIMEOUT_MS
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill("SIGKILL")
      throw new PlainError(
        `redis-server does not start on ${HOST}:${port}: try redis-server --port ${port} by hand.`
      )
    }
    await sleep(50)
  }
  return {
    url: `redis://${HOST}:${port}`,
    stop: async () => {
      process.removeListener("exit", stopWithUs)
      child.kill("SIGTERM")
      await ended
    },
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, HOST, () => socket.write("PING\r\n"))
    const finish = (/** @type {boolean} */ good) => {
      socket.destroy()
      resolve(good)
    }
    socket.once("data", (data) => finish(data.toString().startsWith("+PONG")))
    socket.once("error", () => finish(false))
    socket.setTimeout(1_000, () => finish(false))
  })
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on("error", reject)
    probe.listen(0, HOST, () => {
      const address = probe.address()
      const port = address && typeof address === "object" ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
