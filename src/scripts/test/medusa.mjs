// @ts-check
// Runs a command of Medusa's for the tests' databases, and shows its last words when it fails.
import { spawn } from "node:child_process"
import { createRequire } from "node:module"
import { PlainError } from "../lib/plain-error.mjs"

const require = createRequire(import.meta.url)
const SHOWN_LINES = 25

/**
 * @param {string} failure what to say when it fails
 * @param {{ args: string[], env: Record<string, string> }} command
 * @returns {Promise<string[]>} the lines of its standard output
 */
export function runMedusa(failure, { args, env }) {
  const cli = require.resolve("@medusajs/cli/cli.js")
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, NODE_ENV: "test", REDIS_URL: "", LOG_LEVEL: "info", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let output = ""
    let all = ""
    child.stdout.on("data", (chunk) => {
      output += chunk
      all += chunk
    })
    child.stderr.on("data", (chunk) => (all += chunk))
    child.on("error", reject)
    child.on("close", (code) => {
      if (code === 0) {
        resolve(output.split("\n"))
        return
      }
      process.stderr.write(`${readable(all)}\n`)
      reject(new PlainError(`${failure}: Medusa's last words are above.`))
    })
  })
}

/**
 * The end of Medusa's log, which is JSON when nobody looks at a terminal.
 *
 * @param {string} output
 */
function readable(output) {
  const lines = output.split("\n").filter((line) => line.trim() !== "")
  return lines.slice(-SHOWN_LINES).map(message).filter(Boolean).join("\n")
}

/** @param {string} line */
function message(line) {
  try {
    const entry = JSON.parse(line)
    return entry.message ? `${entry.level}: ${entry.message}` : ""
  } catch {
    return line
  }
}
