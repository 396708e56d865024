// @ts-check
// Brings node_modules in line with package-lock.json, for commands that must work in a fresh clone.
import { spawn } from "node:child_process"
import { lstatSync, readFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { errorCode, PlainError } from "./plain-error.mjs"

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..")
const HEARTBEAT_MS = 10_000

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [peer]
 */

/**
 * Runs `npm ci` when a package of package-lock.json is missing from node_modules or is there in another version;
 * otherwise returns after reading two files.
 *
 * @param {(line: string) => void} [log] gets one line per long step
 * @throws {PlainError} when npm fails or is not there
 */
export async function ensureInstalled(log = (line) => process.stdout.write(`${line}\n`)) {
  const reason = whyStale(ROOT)
  if (!reason) {
    return
  }
  if (lstatSync(path.join(ROOT, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci would empty the folder behind the link, which another checkout uses.
    throw new PlainError(
      `node_modules is a link and does not fit the lock file (${reason}): run npm ci where it leads.`
    )
  }
  log(`Installing dependencies with npm ci (${reason}); this takes about a minute.`)
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const heartbeat = setInterval(() => log(`  still installing, ${seconds()} s`), HEARTBEAT_MS)
  try {
    await npmCi()
  } finally {
    clearInterval(heartbeat)
  }
  log(`Dependencies installed in ${seconds()} s.`)
}

/**
 * What makes node_modules unfit, or undefined when it matches the lock file. npm keeps its own record of what it
 * installed in node_modules/.package-lock.json; packages for other platforms are in the lock file only.
 *
 * @param {string} root folder of package-lock.json
 * @returns {string | undefined}
 */
export function whyStale(root) {
  const wanted = lockedPackages(path.join(root, "package-lock.json"))
  if (!wanted) {
    throw new PlainError(
      `${root} has no readable package-lock.json: the checkout is incomplete, clone it again.`
    )
  }
  const present = lockedPackages(path.join(root, "node_modules/.package-lock.json"))
  if (!present) {
    return "node_modules is missing"
  }
  for (const [place, locked] of Object.entries(wanted)) {
    if (place === "") {
      continue
    }
    const installed = present[place]
    const name = place.replace(/^.*node_modules\//, "")
    if (!installed) {
      if (locked.optional || locked.devOptional || locked.peer) {
        continue
      }
      return `${name} is missing`
    }
    if (installed.version !== locked.version || installed.integrity !== locked.integrity) {
      return `${name} is not the locked ${locked.version}`
    }
  }
  return undefined
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined} undefined when the file is missing or unreadable
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages
  } catch {
    return undefined
  }
}

/** @returns {Promise<void>} */
function npmCi() {
  // Inside an npm script this names the very npm that runs it; otherwise the one on the PATH.
  const npm = process.env.npm_execpath
  const [command, prefix] = npm?.endsWith("js") ? [process.execPath, [npm]] : ["npm", []]
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
    })
    child.on("error", (error) => {
      const hint = errorCode(error) === "ENOENT" ? "npm is not on the PATH" : error.message
      reject(new PlainError(`Dependencies could not be installed: ${hint}.`))
    })
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve()
        return
      }
      const how = signal ? `was stopped by ${signal}` : `ended with code ${code}`
      reject(
        new PlainError(
          `Dependencies could not be installed: npm ci ${how}, its own message is above.`
        )
      )
    })
  })
}
