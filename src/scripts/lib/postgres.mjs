// @ts-check
// A real PostgreSQL from an npm package, started on a folder and stopped again: for the demo and for the tests.
import { readFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import path from "node:path"
import { errorCode, PlainError } from "./plain-error.mjs"
import { canReach, chooseAccount } from "./postgres/account.mjs"
import { findBinaries } from "./postgres/binaries.mjs"
import { initialise } from "./postgres/initdb.mjs"
import { HOST, launch, STOP_SIGNALS } from "./postgres/launch.mjs"
import { isPostgresOn, terminate } from "./postgres/processes.mjs"
import { ensureFolder, paths, takeOwnership } from "./postgres/state.mjs"

/**
 * @typedef {object} StartOptions
 * @property {string} dataDir folder of the data and of everything that belongs to it; created when missing
 * @property {boolean} persistent true: durable, kept after stop(); false: no fsync, emptied before the start and removed by stop()
 * @property {number} [port] TCP port on 127.0.0.1; default: a free one
 * @property {(line: string) => void} [log] gets one line per long step
 */

/**
 * @typedef {object} RunningPostgres
 * @property {number} port
 * @property {string} id random name of this data; it changes when the data is started afresh
 * @property {(database: string) => string} url connection string of a database, which need not exist
 * @property {string} adminUrl connection string of the database `postgres` as superuser
 * @property {Promise<void>} exited resolves when the server has ended, for whatever reason
 * @property {() => Promise<void>} stop resolves when the server is gone; may be called twice
 */

/**
 * Starts PostgreSQL on the folder and resolves when it takes connections. A server left over from a killed run on
 * this folder is stopped first; a folder whose initialisation was interrupted is initialised again.
 *
 * @param {StartOptions} options
 * @returns {Promise<RunningPostgres>}
 * @throws {PlainError} when the folder is in use, damaged, not writable or of another major version, or the port is taken
 */
export async function startPostgres({ dataDir, persistent, port, log = () => undefined }) {
  if (process.platform === "win32") {
    throw new PlainError(
      "The embedded PostgreSQL runs on Linux and macOS only: set DATABASE_URL to a PostgreSQL of your own."
    )
  }
  const place = paths(dataDir)
  await ensureFolder(place.root)
  const release = await takeOwnership(place.owner)
  try {
    const cluster = await chooseCluster(place)
    await stopLeftover(cluster, log)
    if (!persistent) {
      await rm(place.state, { force: true })
      await rm(cluster, { recursive: true, force: true })
    }
    const account = chooseAccount(cluster)
    const binaries = await findBinaries(account)
    const state = await initialise({
      place,
      cluster,
      account,
      initdb: binaries.initdb,
      persistent,
      log,
    })
    const server = await launch({
      place,
      cluster,
      account,
      postgres: binaries.postgres,
      persistent,
      port,
    })

    const exited = new Promise((resolve) => server.child.once("exit", () => resolve(undefined)))
    /** @type {Promise<void> | undefined} */
    let stopping
    const stop = async () => {
      await terminate(server.pid, STOP_SIGNALS)
      if (!persistent) {
        await rm(cluster, { recursive: true, force: true })
        await rm(place.root, { recursive: true, force: true })
      }
      await release()
    }
    /** @param {string} database */
    const url = (database) =>
      `postgres://postgres:${state.password}@${HOST}:${server.port}/${database}`
    return {
      port: server.port,
      id: state.id,
      url,
      adminUrl: url("postgres"),
      exited,
      stop: () => (stopping ??= stop()),
    }
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * Removes a data folder for good, stopping a server left over on it first.
 *
 * @param {{ dataDir: string, log?: (line: string) => void }} options
 * @throws {PlainError} when a running process uses the folder or it cannot be removed
 */
export async function removePostgres({ dataDir, log = () => undefined }) {
  const place = paths(dataDir)
  await ensureFolder(place.root)
  await takeOwnership(place.owner)
  try {
    for (const cluster of [place.cluster, place.sharedCluster]) {
      await stopLeftover(cluster, log)
      await rm(cluster, { recursive: true, force: true })
    }
    await rm(place.root, { recursive: true, force: true })
  } catch (error) {
    if (error instanceof PlainError) {
      throw error
    }
    throw new PlainError(
      `The folder ${place.root} cannot be removed (${errorCode(error)}): check who owns it.`
    )
  }
}

/** @param {ReturnType<typeof paths>} place */
async function chooseCluster(place) {
  if (canReach(chooseAccount(place.cluster), place.root)) {
    return place.cluster
  }
  await ensureFolder(path.dirname(place.sharedCluster))
  return place.sharedCluster
}

/**
 * @param {string} cluster
 * @param {(line: string) => void} log
 */
async function stopLeftover(cluster, log) {
  const file = path.join(cluster, "postmaster.pid")
  let pid
  try {
    pid = Number.parseInt(readFileSync(file, "utf8").split("\n")[0] ?? "", 10)
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return
    }
    throw new PlainError(
      `${file} cannot be read (${errorCode(error)}): the data folder belongs to another user.`
    )
  }
  if (pid > 0 && isPostgresOn(pid, cluster)) {
    log(`Stopping the PostgreSQL that an earlier run left behind (process ${pid}).`)
    if (!(await terminate(pid, STOP_SIGNALS))) {
      throw new PlainError(
        `A PostgreSQL left behind by an earlier run (process ${pid}) does not stop: end it by hand.`
      )
    }
  }
  // PostgreSQL refuses to start while the file names any living process, which after a reboot may be a stranger.
  await rm(file, { force: true })
}
