// @ts-check
// The tests' PostgreSQL: a throwaway server (or the one of TEST_DATABASE_URL) with one migrated template database.
import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { readdir, stat } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import path from "node:path"
import { PlainError } from "../lib/plain-error.mjs"

const require = createRequire(import.meta.url)
const FOLDER_PREFIX = "personalization-test-"
const LEFTOVER_AGE_MS = 60_000
const HEARTBEAT_MS = 10_000
const SHOWN_LINES = 25

/**
 * @typedef {object} TestDatabase
 * @property {Record<string, string>} env what the specs' helpers and Medusa's test utilities read
 * @property {() => Promise<void>} createTemplate migrates the template database; the first call does it
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
  const templateUrl = withDatabase(address, template)
  /** @type {Promise<void> | undefined} */
  let creating
  return {
    env: {
      // Medusa's test utilities take the name "localhost" for "no TLS".
      DB_HOST: address.hostname === "127.0.0.1" ? "localhost" : address.hostname,
      DB_PORT: address.port || "5432",
      DB_USERNAME: decodeURIComponent(address.username),
      DB_PASSWORD: decodeURIComponent(address.password),
      TEST_ADMIN_URL: server.adminUrl,
      TEST_TEMPLATE_DATABASE: template,
    },
    createTemplate: () =>
      (creating ??= createTemplate(server.adminUrl, templateUrl, template, log)),
    stop: async () => {
      if (given && creating) {
        await execute(server.adminUrl, `DROP DATABASE IF EXISTS "${template}" WITH (FORCE)`)
      }
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

/**
 * @param {string} adminUrl
 * @param {string} templateUrl
 * @param {string} name
 * @param {(line: string) => void} log
 */
async function createTemplate(adminUrl, templateUrl, name, log) {
  log("Migrating the template database.")
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const heartbeat = setInterval(() => log(`  still migrating, ${seconds()} s`), HEARTBEAT_MS)
  try {
    await execute(adminUrl, `CREATE DATABASE "${name}"`)
    await medusaMigrate(templateUrl)
    // PostgreSQL copies a template only while nobody is connected to it.
    await execute(adminUrl, `ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS false`)
  } finally {
    clearInterval(heartbeat)
  }
  log(`Template database migrated in ${seconds()} s.`)
}

/**
 * @param {string} databaseUrl
 * @returns {Promise<void>}
 */
function medusaMigrate(databaseUrl) {
  const cli = require.resolve("@medusajs/cli/cli.js")
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, "db:migrate", "--execute-safe-links"], {
      env: { ...process.env, NODE_ENV: "test", DATABASE_URL: databaseUrl, LOG_LEVEL: "info" },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let output = ""
    child.stdout.on("data", (chunk) => (output += chunk))
    child.stderr.on("data", (chunk) => (output += chunk))
    child.on("error", reject)
    child.on("close", (code) => {
      if (code === 0) {
        resolve()
        return
      }
      process.stderr.write(`${readable(output)}\n`)
      reject(
        new PlainError(
          "The template database could not be migrated: Medusa's last words are above."
        )
      )
    })
  })
}

/**
 * The end of Medusa's log, which is JSON when nobody looks at a terminal.
 *
 * @param {string} output
 */
function readable(output) {
  const lines = output.split("\n").filter((line) => line.trim() !== "")
  return lines.slice(-SHOWN_LINES).map(message).filter(Boolean).join("\n")
}

/** @param {string} line */
function message(line) {
  try {
    const entry = JSON.parse(line)
    return entry.message ? `${entry.level}: ${entry.message}` : ""
  } catch {
    return line
  }
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
