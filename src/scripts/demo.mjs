// @ts-check
// `npm run demo`: from a fresh clone to a running store with a catalog, in one command.
//
// Flags: --reset starts afresh. Environment: PORT (default 9000), DATABASE_URL (default: an embedded PostgreSQL),
// REDIS_URL (default: none).
import "./demo/node-version.mjs"
import { killAll, medusa, stopAll } from "./demo/children.mjs"
import { buildDashboard, isBuilt } from "./demo/dashboard.mjs"
import { openDatabase } from "./demo/database.mjs"
import {
  clearHome,
  FILES_DIR,
  fingerprint,
  isDone,
  loadSecrets,
  loadSeed,
  logFile,
  markDone,
  migrationFolders,
  prepareHome,
  saveSeed,
  STATE_FILE,
  writeJson,
} from "./demo/files.mjs"
import { Progress } from "./demo/progress.mjs"
import { assertFree, HOST, readPort, startServer } from "./demo/server.mjs"
import { findProduct, welcome } from "./demo/welcome.mjs"
import { ensureInstalled } from "./lib/install.mjs"
import { describeFailure, PlainError } from "./lib/plain-error.mjs"
import { rmSync } from "node:fs"

const STOP_PATIENCE_MS = 30_000
const SEED_MARK = "SEED_RESULT "

const progress = new Progress()
/** @type {import("./demo/database.mjs").Database | undefined} */
let database
let stopping = false
let serving = false

async function main() {
  const reset = readFlags(process.argv.slice(2))
  const port = readPort(process.env.PORT)
  await assertFree(port)
  await ensureInstalled((line) => progress.say(line))
  await prepareHome()

  database = await progress.step("Starting PostgreSQL", () =>
    openDatabase({
      url: process.env.DATABASE_URL?.trim() || undefined,
      reset,
      log: (line) => progress.say(line),
    })
  )
  void database.exited?.then(() => fail(new PlainError("PostgreSQL ended unexpectedly.")))
  // Only now: the database's lock has shown that no other demo runs in this folder. A killed one left its state file.
  rmSync(STATE_FILE, { force: true })
  if (reset) {
    await clearHome()
    await prepareHome()
  }
  const url = `http://${HOST}:${port}`
  const env = await environment(database, url, port)
  const [seed] = await Promise.all([fillDatabase(database, env), ensureDashboard(env)])

  const server = await progress.step("Starting the store", () => startServer(env))
  void server.ended.then((code) => {
    fail(new PlainError(`${server.lastWords()}\n\nThe server ended unexpectedly (code ${code}).`))
  })
  const product = await findProduct(url)
  serving = true
  await writeJson(STATE_FILE, { url, https_url: null, ...seed })
  progress.say("The store is up.")
  process.stdout.write(welcome({ url, seed, product }))
}

/** @param {string[]} args */
function readFlags(args) {
  const unknown = args.find((arg) => arg !== "--reset")
  if (unknown) {
    throw new PlainError(
      `The demo does not know "${unknown}": its only flag is --reset, as in npm run demo -- --reset.`
    )
  }
  return args.includes("--reset")
}

/**
 * The environment of every program of the demo. It wins over a .env file, whose settings are meant for another store.
 *
 * @param {import("./demo/database.mjs").Database} opened
 * @param {string} url
 * @param {number} port
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function environment(opened, url, port) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    ...(await loadSecrets()),
    DATABASE_URL: opened.url,
    REDIS_URL: process.env.REDIS_URL ?? "",
    PUBLIC_URL: url,
    HOST,
    PORT: String(port),
    FILES_DIR,
    MEDUSA_WORKER_MODE: "shared",
    DISABLE_MEDUSA_ADMIN: "false",
    MEDUSA_DISABLE_TELEMETRY: "true",
  }
  // Unset, Medusa behaves as in development (cookies over plain HTTP, the payment sandbox), but serves the built
  // dashboard; with "development" it would start Vite and compile the dashboard on the first visit.
  delete env.NODE_ENV
  return env
}

/**
 * @param {import("./demo/database.mjs").Database} opened
 * @param {NodeJS.ProcessEnv} env
 */
async function fillDatabase(opened, env) {
  const sources = ["package-lock.json", "medusa-config.ts", "src/links", ...migrationFolders()]
  const schema = fingerprint(sources, [opened.id])
  if (!(await isDone("migrate", schema))) {
    await progress.step("Migrating the database", () =>
      medusa("migrate", ["db:migrate", "--execute-safe-links", "--execute-safe-search"], env)
    )
    await markDone("migrate", schema)
  }
  const known = await loadSeed(opened.id)
  return known ?? progress.step("Seeding the catalog", () => seedCatalog(opened, env))
}

/**
 * @param {import("./demo/database.mjs").Database} opened
 * @param {NodeJS.ProcessEnv} env
 */
async function seedCatalog(opened, env) {
  let result = ""
  await medusa("seed", ["exec", "./src/scripts/seed.ts"], env, (line) => {
    if (line.startsWith(SEED_MARK)) {
      result = line.slice(SEED_MARK.length)
    }
  })
  if (!result) {
    throw new PlainError(
      `The seed ended without a result; its whole output is in ${logFile("seed")}.`
    )
  }
  return saveSeed(opened.id, JSON.parse(result))
}

/** @param {NodeJS.ProcessEnv} env */
async function ensureDashboard(env) {
  if (!(await isBuilt())) {
    await progress.step("Building the dashboard", () => buildDashboard(env))
  }
}

/** @param {unknown} error */
async function fail(error) {
  if (stopping) {
    return
  }
  process.stderr.write(`\n${describeFailure(error)}\n`)
  await stop(1)
}

/**
 * Server first, then the database it uses.
 *
 * @param {number} code exit code
 */
async function stop(code) {
  stopping = true
  if (serving) {
    rmSync(STATE_FILE, { force: true })
  }
  try {
    await stopAll(STOP_PATIENCE_MS)
    await database?.stop()
  } catch (error) {
    process.stderr.write(`${describeFailure(error)}\n`)
    process.exit(1)
  }
  process.exit(code)
}

/** @param {NodeJS.Signals} signal */
function onSignal(signal) {
  if (stopping) {
    killAll()
    process.exit(1)
  }
  progress.say(`Stopping (${signal}); once more to force it.`)
  void stop(serving ? 0 : 130)
}

process.on("SIGINT", onSignal)
process.on("SIGTERM", onSignal)
process.on("SIGHUP", onSignal)
// The terminal may go away first; that is no reason to leave the database running.
process.stdout.on("error", () => undefined)
process.stderr.on("error", () => undefined)

main().catch(fail)
