// @ts-check
// What the demo keeps in its folder, all of it readable by its owner only.
import { createHash, randomBytes } from "node:crypto"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { errorCode, PlainError } from "../lib/plain-error.mjs"

/** The repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..")
/** The demo's folder, which git ignores. */
export const HOME = path.join(ROOT, ".demo")
export const POSTGRES_DIR = path.join(HOME, "postgres")
export const FILES_DIR = path.join(HOME, "files")
const LOGS_DIR = path.join(HOME, "logs")
/** Written while the demo serves; tools read it to find the server. */
export const STATE_FILE = path.join(HOME, "demo.json")
const SECRETS_FILE = path.join(HOME, "secrets.json")
const PROGRESS_FILE = path.join(HOME, "progress.json")
const SEED_FILE = path.join(HOME, "seed.json")

/** Creates the folder and what belongs in it. */
export async function prepareHome() {
  try {
    // Others may pass through but not look: when root runs the demo, PostgreSQL's own account has to get to its data.
    await mkdir(HOME, { recursive: true, mode: 0o711 })
    for (const folder of [LOGS_DIR, FILES_DIR]) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
    }
  } catch (error) {
    throw new PlainError(
      `The folder ${HOME} cannot be written (${errorCode(error)}): it probably belongs to another user, remove it or run as that user.`
    )
  }
}

/** Forgets everything but the database, which has its own way to go. */
export async function clearHome() {
  try {
    for (const file of [FILES_DIR, LOGS_DIR, STATE_FILE, SECRETS_FILE, PROGRESS_FILE, SEED_FILE]) {
      await rm(file, { recursive: true, force: true })
    }
  } catch (error) {
    throw new PlainError(
      `The folder ${HOME} cannot be cleared (${errorCode(error)}): check who owns it.`
    )
  }
}

/** @param {string} name */
export function logFile(name) {
  return path.join(LOGS_DIR, `${name}.log`)
}

/**
 * The secrets of this demo, made at random on the first start.
 *
 * @returns {Promise<Record<string, string>>} environment variables
 */
export async function loadSecrets() {
  const names = ["JWT_SECRET", "COOKIE_SECRET", "PERSONALIZATION_SECRET"]
  const kept = await readJson(SECRETS_FILE)
  const secrets = Object.fromEntries(
    names.map((name) => {
      const value = kept?.[name]
      return [name, typeof value === "string" ? value : randomBytes(32).toString("hex")]
    })
  )
  if (names.some((name) => secrets[name] !== kept?.[name])) {
    await writeJson(SECRETS_FILE, secrets)
  }
  return secrets
}

/**
 * @typedef {object} Seed what the seed handed over
 * @property {string} api_key
 * @property {string} publishable_key
 * @property {string} admin_email
 * @property {string} admin_password
 * @property {string} receiver_secret
 */

const SEED_KEYS = /** @type {const} */ ([
  "api_key",
  "publishable_key",
  "admin_email",
  "admin_password",
  "receiver_secret",
])

/**
 * What the seed told about this database, or undefined when it has not run on it.
 *
 * @param {string} databaseId
 * @returns {Promise<Seed | undefined>}
 */
export async function loadSeed(databaseId) {
  const kept = await readJson(SEED_FILE)
  return kept?.database_id === databaseId ? toSeed(kept) : undefined
}

/**
 * @param {string} databaseId
 * @param {unknown} result
 * @returns {Promise<Seed>}
 */
export async function saveSeed(databaseId, result) {
  const seed = toSeed(result)
  if (!seed) {
    throw new PlainError(
      "This database was seeded by a start that was interrupted before its keys were kept: start afresh with npm run demo -- --reset."
    )
  }
  await writeJson(SEED_FILE, { database_id: databaseId, ...seed })
  return seed
}

/**
 * @param {unknown} value
 * @returns {Seed | undefined}
 */
function toSeed(value) {
  if (typeof value !== "object" || value === null) {
    return undefined
  }
  const record = /** @type {Record<string, unknown>} */ (value)
  const entries = SEED_KEYS.map((key) => [key, record[key]])
  return entries.every(([, text]) => typeof text === "string")
    ? Object.fromEntries(entries)
    : undefined
}

/**
 * Whether this step was done with these inputs before.
 *
 * @param {string} step
 * @param {string} fingerprint
 */
export async function isDone(step, fingerprint) {
  return (await readJson(PROGRESS_FILE))?.[step] === fingerprint
}

/**
 * @param {string} step
 * @param {string} fingerprint
 */
export async function markDone(step, fingerprint) {
  await writeJson(PROGRESS_FILE, { ...(await readJson(PROGRESS_FILE)), [step]: fingerprint })
}

/**
 * A hash over the content of files, and of folders with all that is in them; what does not exist counts as empty.
 *
 * @param {string[]} places relative to the repository
 * @param {string[]} [extra] other inputs
 */
export function fingerprint(places, extra = []) {
  const hash = createHash("sha256").update(JSON.stringify(extra))
  for (const place of places) {
    for (const file of filesUnder(path.join(ROOT, place))) {
      hash.update(`\0${path.relative(ROOT, file)}\0`).update(readFileSync(file))
    }
  }
  return hash.digest("hex")
}

/** The folders of the modules' migrations, relative to the repository. */
export function migrationFolders() {
  const modules = path.join(ROOT, "src/modules")
  const names = existsSync(modules) ? readdirSync(modules).sort() : []
  return names.map((name) => path.join("src/modules", name, "migrations"))
}

/**
 * @param {string} place
 * @returns {string[]} in a stable order
 */
function filesUnder(place) {
  if (!existsSync(place)) {
    return []
  }
  if (!statSync(place).isDirectory()) {
    return [place]
  }
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesUnder(path.join(place, name)))
}

/**
 * @param {string} file
 * @param {unknown} value
 */
export async function writeJson(file, value) {
  // A reader sees the old content or the new, never half of it.
  const unfinished = `${file}.new`
  await writeFile(unfinished, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 })
  await rename(unfinished, file)
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, unknown> | undefined>} undefined when it is missing or damaged
 */
async function readJson(file) {
  try {
    const value = JSON.parse(await readFile(file, "utf8"))
    return typeof value === "object" && value !== null ? value : undefined
  } catch (error) {
    if (errorCode(error) === "EACCES") {
      throw new PlainError(
        `${file} cannot be read: it belongs to another user, remove ${HOME} or run as that user.`
      )
    }
    return undefined
  }
}
