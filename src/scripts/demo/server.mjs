// @ts-check
// The store's server process, and the check that its port is free before the long steps begin.
import { createServer } from "node:net"
import { errorCode, PlainError } from "../lib/plain-error.mjs"
import { start } from "./children.mjs"
import { logFile } from "./files.mjs"

export const HOST = "127.0.0.1"

/**
 * @param {string | undefined} text the variable PORT
 * @returns {number}
 */
export function readPort(text) {
  const port = Number(text?.trim() || "9000")
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new PlainError(`PORT is "${text}": it must be a whole number from 1 to 65535.`)
  }
  return port
}

/**
 * @param {number} port
 * @returns {Promise<void>}
 */
export function assertFree(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on("error", (error) => {
      reject(
        new PlainError(
          errorCode(error) === "EACCES"
            ? `This user may not listen on port ${port}: set PORT to 1024 or above.`
            : `Port ${port} on ${HOST} is taken by another program: stop it, or choose another port, as in PORT=9100 npm run demo.`
        )
      )
    })
    probe.listen(port, HOST, () => probe.close(() => resolve()))
  })
}

/**
 * Starts the server and resolves when it listens.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import("./children.mjs").Program>}
 */
export async function startServer(env) {
  // The large young generation keeps short-lived request objects out of the slow collector.
  const args = ["--max-semi-space-size=64", "--require", "ts-node/register", "src/scripts/serve.ts"]
  const program = start("server", args, env)
  const ready = new Promise((resolve) => {
    program.child.on("message", (message) => {
      if (typeof message === "object" && message && "type" in message && message.type === "ready") {
        resolve("ready")
      }
    })
  })
  if ((await Promise.race([ready, program.ended])) !== "ready") {
    throw new PlainError(
      `${program.lastWords()}\n\nThe server did not start; its whole output is in ${logFile("server")}.`
    )
  }
  return program
}
