// @ts-check
// The demo's database: an embedded PostgreSQL, or the one that DATABASE_URL names.
import { errorCode, PlainError } from "../lib/plain-error.mjs"
import { removePostgres, startPostgres } from "../lib/postgres.mjs"
import { POSTGRES_DIR } from "./files.mjs"

const NAME = "medusa_demo"

/**
 * @typedef {object} Database
 * @property {string} url
 * @property {string} id the same as long as it is the same database; a recreated one has another
 * @property {Promise<void> | undefined} exited resolves when the embedded server has ended; undefined for another's server
 * @property {() => Promise<void>} stop
 */

/**
 * @param {{ url: string | undefined, reset: boolean, log: (line: string) => void }} options
 * @returns {Promise<Database>}
 */
export async function openDatabase({ url, reset, log }) {
  if (url) {
    if (reset) {
      throw new PlainError(
        "--reset starts the embedded database afresh, but DATABASE_URL is set: unset it, or empty that database yourself."
      )
    }
    return { url, id: await identify(url), exited: undefined, stop: async () => undefined }
  }
  if (reset) {
    await removePostgres({ dataDir: POSTGRES_DIR, log })
  }
  const server = await startPostgres({ dataDir: POSTGRES_DIR, persistent: true, log })
  try {
    await createIfMissing(server.adminUrl)
    const own = server.url(NAME)
    return { url: own, id: await identify(own), exited: server.exited, stop: server.stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** @param {string} adminUrl */
async function createIfMissing(adminUrl) {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [NAME])
    if (!rowCount) {
      await client.query(`CREATE DATABASE ${NAME}`)
    }
  })
}

/**
 * The cluster's system identifier is made by initdb, the database's oid by CREATE DATABASE.
 *
 * @param {string} url
 * @returns {Promise<string>}
 */
async function identify(url) {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      "SELECT s.system_identifier || '-' || d.oid AS id FROM pg_control_system() s, pg_database d WHERE d.datname = current_database()"
    )
    return String(rows[0].id)
  })
}

/**
 * @template T
 * @param {string} url
 * @param {(client: import("pg").Client) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withClient(url, work) {
  // Not before here: on a fresh clone the package is not installed when this file is loaded.
  const { default: pg } = await import("pg")
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    const reason = error instanceof Error && error.message ? error.message : errorCode(error)
    throw new PlainError(`The database of DATABASE_URL cannot be used: ${reason}.`)
  }
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
