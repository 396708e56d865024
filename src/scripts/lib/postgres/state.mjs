// @ts-check
// What is remembered beside an embedded PostgreSQL's data: its password, whether initdb finished, and who uses it now.
import { createHash, randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
import { mkdir, open, readFile, rename, rm, unlink, writeFile } from "node:fs/promises"
import path from "node:path"
import { errorCode, PlainError } from "../plain-error.mjs"
import { isAlive, startMark } from "./processes.mjs"

const SHARED_DATA = "/var/lib/medusa-plugin-personalization"

/**
 * @typedef {object} State
 * @property {string} id random; another one means other data
 * @property {string} password of the superuser `postgres`
 * @property {boolean} initialised false from before initdb starts until after it ended well
 */

/** @param {string} dataDir */
export function paths(dataDir) {
  const root = path.resolve(dataDir)
  const key = createHash("sha256").update(root).digest("hex").slice(0, 16)
  return {
    root,
    cluster: path.join(root, "cluster"),
    /** Where the cluster goes when the account that runs PostgreSQL cannot reach `root`. */
    sharedCluster: path.join(SHARED_DATA, key),
    state: path.join(root, "state.json"),
    owner: path.join(root, "owner.json"),
    log: path.join(root, "postgres.log"),
  }
}

/** @param {string} folder */
export async function ensureFolder(folder) {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 })
  } catch (error) {
    throw new PlainError(
      `The folder ${folder} cannot be created (${errorCode(error)}): check who owns its parents.`
    )
  }
}

/**
 * @param {string} file
 * @returns {Promise<State | undefined>} undefined when there is none yet
 */
export async function readState(file) {
  let text
  try {
    text = await readFile(file, "utf8")
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return undefined
    }
    throw new PlainError(
      `${file} cannot be read (${errorCode(error)}): the data folder belongs to another user; run as that user or remove the folder.`
    )
  }
  try {
    const { id, password, initialised } = JSON.parse(text)
    if (
      typeof id === "string" &&
      typeof password === "string" &&
      typeof initialised === "boolean"
    ) {
      return { id, password, initialised }
    }
  } catch {
    // The sentence below fits this case too.
  }
  throw new PlainError(
    `${file} is damaged: remove the folder ${path.dirname(file)} to start afresh.`
  )
}

/** @returns {State} */
export function newState() {
  return {
    id: randomBytes(8).toString("hex"),
    password: randomBytes(24).toString("hex"),
    initialised: false,
  }
}

/**
 * @param {string} file
 * @param {State} state
 */
export async function writeState(file, state) {
  const unfinished = `${file}.new`
  try {
    await writeFile(unfinished, `${JSON.stringify(state)}\n`, { mode: 0o600 })
    await rename(unfinished, file)
  } catch (error) {
    throw new PlainError(
      `${file} cannot be written (${errorCode(error)}): check who owns the folder and whether the disk is full.`
    )
  }
}

/**
 * Takes the data folder for this process. Two servers on one folder would destroy it, and without this lock a second
 * start would take the first one's PostgreSQL for a leftover and stop it.
 *
 * @param {string} file
 * @returns {Promise<() => Promise<void>>} gives the folder back
 */
export async function takeOwnership(file) {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const handle = await open(file, "wx", 0o600)
      await handle.writeFile(JSON.stringify({ pid: process.pid, mark: startMark(process.pid) }))
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if (errorCode(error) !== "EEXIST") {
        throw new PlainError(
          `The folder ${path.dirname(file)} cannot be written (${errorCode(error)}): check who owns it.`
        )
      }
    }
    const owner = readOwner(file)
    if (
      owner &&
      owner.pid !== process.pid &&
      isAlive(owner.pid) &&
      startMark(owner.pid) === owner.mark
    ) {
      throw new PlainError(
        `The data folder ${path.dirname(file)} is in use by process ${owner.pid}: stop that one first.`
      )
    }
    await unlink(file).catch(() => undefined)
  }
  throw new PlainError(
    `The data folder ${path.dirname(file)} is being taken by other processes again and again.`
  )
}

/**
 * @param {string} file
 * @returns {{ pid: number, mark: string } | undefined}
 */
function readOwner(file) {
  try {
    const { pid, mark } = JSON.parse(readFileSync(file, "utf8"))
    return Number.isInteger(pid) && typeof mark === "string" ? { pid, mark } : undefined
  } catch {
    return undefined
  }
}
