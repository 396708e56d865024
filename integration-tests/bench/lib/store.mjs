// @ts-check
// The store of a benchmark: a throwaway PostgreSQL, seeded, and the servers on it, as they run in production.
import { spawn } from "node:child_process"
import { createServer } from "node:net"
import { mkdtemp, rm } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { startPostgres } from "../../../src/scripts/lib/postgres.mjs"

const ROOT = fileURLToPath(new URL("../../..", import.meta.url))
const MEDUSA = path.join(ROOT, "node_modules/@medusajs/cli/cli.js")
const START_MS = 120_000
// Keeps short-lived request objects out of the slow collector, as the demo's server does.
const NODE_FLAGS = ["--max-semi-space-size=64"]
const PROBE = fileURLToPath(new URL("./server-probe.cjs", import.meta.url))

/**
 * @typedef {object} Server
 * @property {number} pid
 * @property {string} url
 * @property {() => Promise<number>} memory bytes that it holds after a collection of garbage
 * @property {() => Promise<number>} statements that it has sent to PostgreSQL so far, `begin` and `commit` too
 * @property {() => Promise<void>} stop
 */
/** @typedef {{ sql: (statement: string, values?: unknown[]) => Promise<any[]> }} Database */
/**
 * @typedef {object} Store
 * @property {Database["sql"]} sql
 * @property {() => Promise<number[]>} postgresPids the server process and its children
 * @property {string} publishableKey
 * @property {(kind: "medusa start" | "serve", env?: Record<string, string>) => Promise<Server>} server
 * @property {(file: string, args: string[]) => Promise<Server>} program a Node program that listens on PORT
 * @property {() => Promise<void>} close
 */

/**
 * Migrates and seeds; takes about half a minute.
 *
 * @param {(line: string) => void} log
 * @returns {Promise<Store>}
 */
export async function openStore(log) {
  const folder = await mkdtemp(path.join(tmpdir(), "personalization-bench-"))
  const postgres = await startPostgres({
    dataDir: path.join(folder, "postgres"),
    persistent: false,
    log,
  })
  /** @type {typeof import("pg")} */
  const { Pool } = createRequire(import.meta.url)("pg")
  const pool = new Pool({ connectionString: postgres.url("bench"), max: 2 })
  // The end of the benchmark cuts the connections.
  pool.on("error", () => undefined)
  /** @type {Server[]} */
  const servers = []
  const env = {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: postgres.url("bench"),
    LOG_LEVEL: "error",
    FILES_DIR: path.join(folder, "files"),
    DISABLE_MEDUSA_ADMIN: "true",
    MEDUSA_WORKER_MODE: "server",
    // All of a benchmark's requests come from one address.
    RATE_LIMITS: "false",
    PERSONALIZATION_SECRET: "benchmark".padEnd(40, "-"),
    JWT_SECRET: "benchmark".padEnd(40, "-"),
    COOKIE_SECRET: "benchmark".padEnd(40, "-"),
  }
  const close = async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await pool.end()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const admin = new Pool({ connectionString: postgres.adminUrl, max: 1 })
    await admin.query('CREATE DATABASE "bench"')
    await admin.end()
    log("Migrating the database.")
    await finish([MEDUSA, "db:migrate", "--execute-safe-links"], env)
    log("Seeding the store.")
    const seeded = await finish([MEDUSA, "exec", "./src/scripts/seed.ts"], env)
    const result = /SEED_RESULT (\{.*\})/.exec(seeded)?.[1]
    if (!result) {
      throw new Error(`The seed printed no result:\n${seeded}`)
    }
    return {
      sql: async (statement, values = []) => (await pool.query(statement, values)).rows,
      postgresPids: async () => {
        const { rows } = await pool.query("SELECT pid FROM pg_stat_activity")
        return rows.map(({ pid }) => pid)
      },
      publishableKey: JSON.parse(result).publishable_key,
      server: async (kind, more = {}) => {
        const port = await freePort()
        const args =
          kind === "serve"
            ? ["--require", "ts-node/register", "src/scripts/serve.ts"]
            : [MEDUSA, "start", "--host", "127.0.0.1", "--port", String(port)]
        const server = await listen([...NODE_FLAGS, ...args], { ...env, ...more }, port, "/health")
        servers.push(server)
        return server
      },
      program: async (file, args) => {
        const port = await freePort()
        const server = await listen([...NODE_FLAGS, file, ...args], env, port, "/")
        servers.push(server)
        return server
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Runs a Node program to its end.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} what it printed
 */
function finish(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    })
    let output = ""
    child.stdout.on("data", (chunk) => (output += chunk))
    child.stderr.on("data", (chunk) => (output += chunk))
    child.on("error", reject)
    child.on("close", (code) => {
      if (code === 0) {
        resolve(output)
      } else {
        reject(new Error(`${args.join(" ")} failed:\n${output.slice(-3000)}`))
      }
    })
  })
}

/**
 * Starts a server and resolves when it answers.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {number} port
 * @param {string} probe
 * @returns {Promise<Server>}
 */
async function listen(args, env, port, probe) {
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ["--expose-gc", "--require", PROBE, ...args], {
    cwd: ROOT,
    env: { ...env, PORT: String(port), PUBLIC_URL: url },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => (output = (output + chunk).slice(-5000)))
  }
  const ended = new Promise((resolve) => child.once("exit", resolve))
  const until = Date.now() + START_MS
  while (
    !(await fetch(`${url}${probe}`)
      .then((response) => response.ok)
      .catch(() => false))
  ) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill("SIGKILL")
      throw new Error(`${args.join(" ")} does not start:\n${output}`)
    }
    await sleep(200)
  }
  /** @param {"memory" | "statements"} what @returns {Promise<number>} */
  const ask = (what) =>
    new Promise((resolve) => {
      /** @param {unknown} message */
      const listener = (message) => {
        if (typeof message === "object" && message && what in message) {
          child.off("message", listener)
          resolve(Number(/** @type {Record<string, unknown>} */ (message)[what]))
        }
      }
      child.on("message", listener)
      child.send(what)
    })
  return {
    pid: /** @type {number} */ (child.pid),
    url,
    memory: () => ask("memory"),
    statements: () => ask("statements"),
    stop: async () => {
      child.kill("SIGTERM")
      const hard = setTimeout(() => child.kill("SIGKILL"), 15_000)
      await ended
      clearTimeout(hard)
    },
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      const port = address && typeof address === "object" ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
