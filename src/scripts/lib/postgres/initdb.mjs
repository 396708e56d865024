// @ts-check
// Creates a data folder with initdb, once, and checks one that exists.
import { spawn } from "node:child_process"
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { PlainError } from "../plain-error.mjs"
import { cleanEnv, signalOnExit } from "./processes.mjs"
import { newState, readState, writeState } from "./state.mjs"

/**
 * @param {{ place: ReturnType<typeof import("./state.mjs").paths>, cluster: string, account: import("./account.mjs").Account,
 *   initdb: string, persistent: boolean, log: (line: string) => void }} input
 */
export async function initialise({ place, cluster, account, initdb, persistent, log }) {
  const found = await readState(place.state)
  if (found?.initialised) {
    await checkVersion(cluster, initdb)
    return found
  }
  if (!found && (await clusterVersion(cluster))) {
    throw new PlainError(
      `${cluster} holds data, but ${place.state} with its password is gone: remove the folder ${place.root} to start afresh.`
    )
  }
  log("Creating the PostgreSQL data folder.")
  const state = newState()
  // Written before initdb, so that an interrupted one is told from a folder whose state was lost.
  await writeState(place.state, state)
  await rm(cluster, { recursive: true, force: true })
  await mkdir(cluster, { mode: 0o700 })
  const secretDir = await mkdtemp(path.join(tmpdir(), "postgres-init-"))
  try {
    const passwordFile = path.join(secretDir, "password")
    await writeFile(passwordFile, `${state.password}\n`, { mode: 0o600 })
    if (account) {
      for (const file of [cluster, secretDir, passwordFile]) {
        await chown(file, account.uid, account.gid)
      }
    }
    await runInitdb(initdb, cluster, passwordFile, account, persistent)
  } finally {
    await rm(secretDir, { recursive: true, force: true })
  }
  await writeState(place.state, { ...state, initialised: true })
  return state
}

/**
 * @param {string} initdb
 * @param {string} cluster
 * @param {string} passwordFile
 * @param {import("./account.mjs").Account} account
 * @param {boolean} persistent
 */
async function runInitdb(initdb, cluster, passwordFile, account, persistent) {
  // The built-in locale does not depend on what the operating system has installed.
  const args = [
    "-D",
    cluster,
    "-U",
    "postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
  ]
  args.push(
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions"
  )
  if (!persistent) {
    args.push("--no-sync")
  }
  const child = spawn(initdb, args, {
    cwd: "/",
    env: cleanEnv(),
    stdio: ["ignore", "ignore", "pipe"],
    ...account,
  })
  signalOnExit(child, "SIGKILL")
  let output = ""
  child.stderr.on("data", (chunk) => (output += chunk))
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", resolve)
  })
  if (code !== 0) {
    const reason =
      output
        .trim()
        .split("\n")
        .find((line) => line.includes("error")) ?? output.trim()
    throw new PlainError(`PostgreSQL could not create its data folder ${cluster}: ${reason}`)
  }
}

/** @param {string} cluster */
async function clusterVersion(cluster) {
  return (await readFile(path.join(cluster, "PG_VERSION"), "utf8").catch(() => "")).trim()
}

/**
 * @param {string} cluster
 * @param {string} initdb
 */
async function checkVersion(cluster, initdb) {
  const data = await clusterVersion(cluster)
  if (!data) {
    throw new PlainError(
      `The data folder ${cluster} is damaged (no PG_VERSION): remove ${path.dirname(cluster)} to start afresh.`
    )
  }
  const share = path.join(path.dirname(initdb), "..", "share")
  const catalog = await readFile(path.join(share, "postgresql", "postgres.bki"), "utf8").catch(
    () => ""
  )
  const program = /^# PostgreSQL (\d+)/.exec(catalog)?.[1]
  if (program && program !== data) {
    throw new PlainError(
      `The data folder ${cluster} is of PostgreSQL ${data}, the programs are of ${program}: remove the folder to start afresh.`
    )
  }
}
