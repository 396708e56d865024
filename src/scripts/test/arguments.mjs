// @ts-check
// The command line of `npm test`: which Jest projects, which Redis mode, and what is handed on to Jest.
import { PlainError } from "../lib/plain-error.mjs"

/** The Jest projects in the order in which they run: the quick ones first. */
export const PROJECTS = /** @type {const} */ (["unit", "modules", "http", "plugin"])

/**
 * @typedef {object} Choice
 * @property {string[]} projects to run without Redis
 * @property {boolean} redis whether the specs tagged for Redis run (again) in Redis mode
 * @property {boolean} redisOnly true when Redis mode was asked for by name, so that a missing Redis is a failure
 * @property {string[]} jest arguments for Jest, after `--`
 */

/**
 * Everything runs without arguments. `--project <name>` (repeatable) narrows to projects, `--redis` to Redis mode.
 *
 * @param {string[]} argv
 * @returns {Choice}
 * @throws {PlainError} for an unknown argument or project
 */
export function readArguments(argv) {
  const cut = argv.indexOf("--")
  const own = cut === -1 ? argv : argv.slice(0, cut)
  const jest = cut === -1 ? [] : argv.slice(cut + 1)
  /** @type {string[]} */
  const projects = []
  let redisOnly = false
  for (let i = 0; i < own.length; i++) {
    if (own[i] === "--redis") {
      redisOnly = true
    } else if (own[i] === "--project") {
      projects.push(knownProject(own[++i]))
    } else if (own[i]?.startsWith("--project=")) {
      projects.push(knownProject(own[i]?.slice("--project=".length)))
    } else {
      throw new PlainError(
        `Unknown argument ${own[i]}: use --project <${PROJECTS.join("|")}>, --redis, and -- before arguments for Jest.`
      )
    }
  }
  const everything = projects.length === 0 && !redisOnly
  return {
    projects: everything ? [...PROJECTS] : PROJECTS.filter((name) => projects.includes(name)),
    redis: everything || redisOnly,
    redisOnly,
    jest,
  }
}

/** @param {string | undefined} name */
function knownProject(name) {
  if (!PROJECTS.some((project) => project === name)) {
    throw new PlainError(
      `Unknown project ${name ?? "(none)"}: choose one of ${PROJECTS.join(", ")}.`
    )
  }
  return /** @type {string} */ (name)
}
