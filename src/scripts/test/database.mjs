// @ts-check
// The tests' PostgreSQL: a throwaway server (or the one of TEST_DATABASE_URL) with two template databases, one migrated
// and one with the demo's catalog on top, whose files lie in a folder beside it.
import { randomBytes } from "node:crypto"
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import path from "node:path"
import { PlainError } from "../lib/plain-error.mjs"
import { runMedusa } from "./medusa.mjs"

const require = createRequire(import.meta.url)
const FOLDER_PREFIX = "personalization-test-"
const SEED_PREFIX = "personalization-seed-"
const LEFTOVER_AGE_MS = 60_000
const HEARTBEAT_MS = 10_000
const SEED_MARK = "SEED_RESULT "

/**
 * @typedef {object} TestDatabase
 * @property {Record<string, string>} env what the specs' helpers and Medusa's test utilities read
 * @property {() => Promise<void>} createTemplate migrates the template database; the first call does it
 * @property {() => Promise<void>} createSeed seeds a copy of the template, which must be there; the first call does it
 * @property {() => Promise<void>} stop
 */

/**
 * @param {(line: string) => void} log
 * @returns {Promise<TestDatabase>}
 */
export async function startTestDatabase(log) {
  const given = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL
  const server = given ? { adminUrl: given, stop: async () => undefined } : await startOwn(log)
  const template = `personalization_template_${randomBytes(4).toString("hex")}`
  const address = new URL(server.adminUrl)
  const seeded = `${template}_seeded`
  const folder = path.join(
    tmpdir(),
    `${SEED_PREFIX}${process.pid}-${randomBytes(4).toString("hex")}`
  )
  /** @type {Promise<void> | undefined} */
  let creating
  /** @type {Promise<void> | undefined} */
  let seeding
  return {
    env: {
      // Medusa's test utilities take the name "localhost" for "no TLS".
      DB_HOST: address.hostname === "127.0.0.1" ? "localhost" : address.hostname,
      DB_PORT: address.port || "5432",
      DB_USERNAME: decodeURIComponent(address.username),
      DB_PASSWORD: decodeURIComponent(address.password),
      TEST_ADMIN_URL: server.adminUrl,
      TEST_TEMPLATE_DATABASE: template,
      TEST_SEEDED_DATABASE: seeded,
      TEST_SEEDED_FOLDER: folder,
    },
    createTemplate: () =>
      (creating ??= timed(log, "Migrating the template database", async () => {
        await create(server.adminUrl, `"${template}"`)
        await migrate(withDatabase(address, template))
        await close(server.adminUrl, template)
      })),
    createSeed: () =>
      (seeding ??= timed(log, "Seeding a copy of the template database", async () => {
        await create(server.adminUrl, `"${seeded}" TEMPLATE "${template}"`)
        await seed(withDatabase(address, seeded), folder)
        await close(server.adminUrl, seeded)
      })),
    stop: async () => {
      for (const name of given ? [template, seeded] : []) {
        await execute(server.adminUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      }
      await rm(folder, { recursive: true, force: true })
      await server.stop()
    },
  }
}

/** @param {(line: string) => void} log */
async function startOwn(log) {
  // Not before ensureInstalled(): the binaries are a package.
  const { removePostgres, startPostgres } = await import("../lib/postgres.mjs")
  await removeLeftovers(removePostgres)
  const name = `${FOLDER_PREFIX}${process.pid}-${randomBytes(4).toString("hex")}`
  return startPostgres({ dataDir: path.join(tmpdir(), name), persistent: false, log })
}

/**
 * Removes what runs killed with SIGKILL left in the temporary folder.
 *
 * @param {typeof import("../lib/postgres.mjs").removePostgres} removePostgres
 */
async function removeLeftovers(removePostgres) {
  for (const name of await readdir(tmpdir())) {
    const folder = path.join(tmpdir(), name)
    const isOurs = name.startsWith(FOLDER_PREFIX)
    if (name.startsWith(SEED_PREFIX) && !isAlive(Number(name.split("-")[2]))) {
      await rm(folder, { recursive: true, force: true })
      continue
    }
    // A run that is just starting has its folder before it has its lock.
    if (!isOurs || Date.now() - (await stat(folder)).mtimeMs < LEFTOVER_AGE_MS) {
      continue
    }
    try {
      await removePostgres({ dataDir: folder })
    } catch (error) {
      // In use by a run beside this one, or another user's.
      if (!(error instanceof PlainError)) {
        throw error
      }
    }
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM"
  }
}

/**
 * Says what goes on, and that it still does.
 *
 * @param {(line: string) => void} log
 * @param {string} what
 * @param {() => Promise<void>} work
 */
async function timed(log, what, work) {
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const heartbeat = setInterval(() => log(`  still at it, ${seconds()} s`), HEARTBEAT_MS)
  log(`${what}.`)
  try {
    await work()
  } finally {
    clearInterval(heartbeat)
  }
  log(`  done in ${seconds()} s.`)
}

/**
 * @param {string} adminUrl
 * @param {string} what
 */
function create(adminUrl, what) {
  return execute(adminUrl, `CREATE DATABASE ${what}`)
}

/**
 * PostgreSQL copies a database only while nobody is connected to it.
 *
 * @param {string} adminUrl
 * @param {string} name
 */
function close(adminUrl, name) {
  return execute(adminUrl, `ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS false`)
}

/** @param {string} databaseUrl */
async function migrate(databaseUrl) {
  await runMedusa("The template database could not be migrated", {
    args: ["db:migrate", "--execute-safe-links"],
    env: { DATABASE_URL: databaseUrl },
  })
}

/**
 * Leaves in `folder` what the seed handed over (`result.json`) and the private files it made (`files/`).
 *
 * @param {string} databaseUrl
 * @param {string} folder
 */
async function seed(databaseUrl, folder) {
  await mkdir(folder)
  const lines = await runMedusa("The template database could not be seeded", {
    args: ["exec", "./src/scripts/seed.ts"],
    env: { DATABASE_URL: databaseUrl, FILES_DIR: path.join(folder, "files") },
  })
  const result = lines.find((line) => line.startsWith(SEED_MARK))
  if (!result) {
    throw new PlainError("The seed of the template database ended without a result.")
  }
  await writeFile(path.join(folder, "result.json"), result.slice(SEED_MARK.length))
}

/**
 * @param {string} databaseUrl
 * @param {string} statement
 */
async function execute(databaseUrl, statement) {
  /** @type {typeof import("pg")} */
  const { Client } = require("pg")
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * @param {URL} address
 * @param {string} database
 */
function withDatabase(address, database) {
  const url = new URL(address)
  url.pathname = `/${database}`
  return url.href
}
