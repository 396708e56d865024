// Databases for specs: copies of the migrated template, or empty ones, on the PostgreSQL that the test run started.
import { randomBytes } from "node:crypto"
import { cp, readFile } from "node:fs/promises"
import path from "node:path"
import { Client } from "pg"
import type { SeedResult } from "../../src/scripts/seed"

export type TestDatabase = {
  name: string
  url: string
  /** Removes the database, ending the connections to it. */
  drop(): Promise<void>
}

/** One table of each module of ours. */
export const OUR_TABLES = [
  "personalization_production_order",
  "personalization_render_job",
  "personalization_template",
  "personalization_webhook_event",
]

/** The tables of a database's public schema. */
export async function existingTables(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ table_name: string }>(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    return rows.map((row) => row.table_name)
  } finally {
    await client.end()
  }
}

/**
 * Copies a template: every table of Medusa and of ours is there, without rows of a store or with the demo's catalog.
 * Takes about 0.2 s.
 */
export async function copyTemplate(
  name: string = randomName(),
  seeded = false
): Promise<TestDatabase> {
  const template = fromRun(seeded ? "TEST_SEEDED_DATABASE" : "TEST_TEMPLATE_DATABASE")
  await execute(`CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  return describeDatabase(name)
}

/** Creates a database without a single table, for what brings its own migrations. */
export async function createEmptyDatabase(name: string = randomName()): Promise<TestDatabase> {
  await execute(`CREATE DATABASE "${name}"`)
  return describeDatabase(name)
}

/** Copies the private files of the seeded template. */
export async function copySeedFiles(to: string): Promise<void> {
  await cp(path.join(fromRun("TEST_SEEDED_FOLDER"), "files"), to, { recursive: true })
}

/** What the seed of the template handed over. */
export async function seedResult(): Promise<SeedResult> {
  const file = path.join(fromRun("TEST_SEEDED_FOLDER"), "result.json")
  return JSON.parse(await readFile(file, "utf8")) as SeedResult
}

/** A database name that no other spec of this run has. */
export function randomName(): string {
  return `personalization_${randomBytes(6).toString("hex")}`
}

/** Connection string of a database on the test run's PostgreSQL, whether it exists or not. */
export function databaseUrl(name: string): string {
  const url = new URL(fromRun("TEST_ADMIN_URL"))
  url.pathname = `/${name}`
  return url.href
}

function describeDatabase(name: string): TestDatabase {
  return {
    name,
    url: databaseUrl(name),
    drop: () => dropDatabase(name),
  }
}

/** How long a database must be quiet before it is dropped, and how long that is waited for, in ms. */
const QUIET_MS = 150
const PATIENCE_MS = 5_000

/** A job that a timer started in the last moment would fail, and its suite with it, if its connection were cut. */
async function dropDatabase(name: string): Promise<void> {
  await onServer(async (client) => {
    const end = Date.now() + PATIENCE_MS
    while (Date.now() < end) {
      const { rowCount } = await client.query(
        `SELECT 1 FROM pg_stat_activity
          WHERE datname = $1 AND (state <> 'idle' OR state_change > now() - interval '${QUIET_MS} milliseconds')`,
        [name]
      )
      if (rowCount === 0) {
        break
      }
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 3))
    }
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  })
}

async function execute(statement: string): Promise<void> {
  await onServer((client) => client.query(statement))
}

async function onServer(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: fromRun("TEST_ADMIN_URL") })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function fromRun(variable: string): string {
  const value = process.env[variable]
  if (!value) {
    throw new Error(`${variable} is not set: run the specs with npm test, which starts PostgreSQL.`)
  }
  return value
}
