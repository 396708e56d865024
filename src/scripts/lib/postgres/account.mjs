// @ts-check
// The system account that runs PostgreSQL, which refuses to run as root.
import { spawnSync } from "node:child_process"
import { statSync } from "node:fs"
import { PlainError } from "../plain-error.mjs"

const NAME = "postgres"

/** @typedef {{ uid: number, gid: number } | undefined} Account undefined: the account of this very process */

/**
 * The account to run under: this process's own or, as root, the owner of the existing data folder or else `postgres`,
 * which is created when it is missing.
 *
 * @param {string} cluster folder with the data, which need not exist yet
 * @returns {Account}
 */
export function chooseAccount(cluster) {
  if (process.getuid?.() !== 0) {
    return undefined
  }
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) {
    return { uid: owner.uid, gid: owner.gid }
  }
  return lookUp() ?? create()
}

/**
 * Whether the account may read, or run, this file or folder.
 *
 * @param {Account} account
 * @param {string} file
 */
export function canReach(account, file) {
  if (!account) {
    return true
  }
  const test = spawnSync("/bin/sh", ["-c", 'test -x "$1"', "sh", file], { cwd: "/", ...account })
  return test.status === 0
}

/** @returns {Account} */
function lookUp() {
  const [uid, gid] = ["-u", "-g"].map((flag) => {
    const { status, stdout } = spawnSync("id", [flag, NAME], { encoding: "utf8" })
    return status === 0 ? Number.parseInt(stdout, 10) : undefined
  })
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

/** @returns {{ uid: number, gid: number }} */
function create() {
  const ways = /** @type {const} */ ([
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", NAME]],
    ["adduser", ["-S", "-D", "-H", "-s", "/bin/false", NAME]],
  ])
  for (const [command, args] of ways) {
    const account =
      spawnSync(command, args, { stdio: "ignore" }).status === 0 ? lookUp() : undefined
    if (account) {
      return account
    }
  }
  throw new PlainError(
    `PostgreSQL refuses to run as root and the account "${NAME}" could not be created: ` +
      "create it, run this as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
  )
}
