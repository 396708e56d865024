// @ts-check
// Runs Jest in a child process and counts what its JSON report says.
import { spawn } from "node:child_process"
import { readFile, rm } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import path from "node:path"

const require = createRequire(import.meta.url)

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set()

/** Ends the Jest processes that still run, for a run that is being interrupted. */
export function stopJest() {
  for (const child of running) {
    child.kill("SIGTERM")
  }
}

/**
 * @param {{ projects: string[], workers: number, args: string[], env: Record<string, string | undefined> }} run
 * @returns {Promise<Counts>} a spec file that cannot be run at all counts as one failure
 */
export async function runJest({ projects, workers, args, env }) {
  const report = path.join(
    tmpdir(),
    `personalization-jest-${process.pid}-${projects.join("-")}.json`
  )
  const code = await spawnJest(
    [
      "--selectProjects",
      ...projects,
      ...(workers === 1 ? ["--runInBand"] : [`--maxWorkers=${workers}`]),
      "--json",
      `--outputFile=${report}`,
      "--passWithNoTests",
      // Medusa leaves timers and sockets behind when it is shut down.
      "--forceExit",
      ...args,
    ],
    env
  )
  const result = await readFile(report, "utf8").then(JSON.parse, () => undefined)
  await rm(report, { force: true })
  if (!result) {
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  }
}

/**
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<number | null>}
 */
function spawnJest(args, env) {
  // Without this flag Jest refuses import() of ESM-only packages.
  const flags = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"]
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, require.resolve("jest/bin/jest"), ...args], {
      env,
      // Jest reports on stderr; what it says on stdout is that it wrote the file.
      stdio: ["ignore", "ignore", "inherit"],
    })
    running.add(child)
    child.on("error", reject)
    child.on("close", (code) => {
      running.delete(child)
      resolve(code)
    })
  })
}
