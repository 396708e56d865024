// @ts-check
// `npm test`: installs when needed, starts PostgreSQL, migrates one template database, runs the Jest projects, then
// the specs tagged @redis once more in Redis mode; the last line says how many tests passed and failed.
import path from "node:path"
import { fileURLToPath } from "node:url"
import { ensureInstalled } from "./lib/install.mjs"
import { describeFailure, PlainError } from "./lib/plain-error.mjs"
import { readArguments } from "./test/arguments.mjs"
import { startTestDatabase } from "./test/database.mjs"
import { runJest, stopJest } from "./test/jest.mjs"
import { redisSpecs, startRedis } from "./test/redis.mjs"

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const WORKERS = 2

/** @type {Array<() => Promise<void>>} */
const cleanups = []
/** @type {import("./test/jest.mjs").Counts} */
const total = { passed: 0, failed: 0, skipped: 0 }

/** @param {string} line */
function log(line) {
  process.stdout.write(`${line}\n`)
}

/** @param {import("./test/jest.mjs").Counts} counts */
function add(counts) {
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
}

async function cleanUp() {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup()
  }
}

async function main() {
  const choice = readArguments(process.argv.slice(2))
  process.chdir(ROOT)
  await ensureInstalled(log)

  /** @type {Record<string, string | undefined>} */
  const env = {
    LOG_LEVEL: "error",
    ...process.env,
    NODE_ENV: "test",
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
  }
  if (choice.projects.includes("unit")) {
    await run("unit", env, choice)
  }
  const others = choice.projects.filter((name) => name !== "unit")
  if (others.length === 0 && !choice.redis) {
    return
  }
  const database = await startTestDatabase(log)
  cleanups.push(database.stop)
  const withDatabase = { ...env, ...database.env }
  for (const project of others.filter((name) => name !== "plugin")) {
    await database.createTemplate()
    if (project === "http") {
      await database.createSeed()
    }
    await run(project, withDatabase, choice)
  }
  // Each of them has one process only.
  await Promise.all([
    others.includes("plugin") && run("plugin", withDatabase, choice),
    choice.redis &&
      database
        .createTemplate()
        .then(() => database.createSeed())
        .then(() => runInRedisMode(withDatabase, choice)),
  ])
}

/**
 * @param {string} project
 * @param {Record<string, string | undefined>} env
 * @param {import("./test/arguments.mjs").Choice} choice
 */
async function run(project, env, choice) {
  log(`Project ${project}`)
  add(await runJest({ projects: [project], workers: WORKERS, args: choice.jest, env }))
}

/**
 * @param {Record<string, string | undefined>} env
 * @param {import("./test/arguments.mjs").Choice} choice
 */
async function runInRedisMode(env, choice) {
  const specs = await redisSpecs(ROOT)
  if (specs.length === 0) {
    log("Redis mode: no spec carries the tag @redis.")
    return
  }
  const redis = await startRedis()
  if (!redis) {
    const sentence = `Redis mode: skipped ${specs.length} spec files, redis-server is not on the PATH and REDIS_URL is not set`
    if (choice.redisOnly) {
      throw new PlainError(`${sentence}.`)
    }
    log(`${sentence}.`)
    return
  }
  cleanups.push(redis.stop)
  log(`Redis mode: ${specs.length} spec files`)
  // One at a time: they share one Redis and empty it before they start.
  const args = ["--runTestsByPath", ...specs, ...choice.jest]
  const redisEnv = { ...env, REDIS_URL: redis.url }
  add(await runJest({ projects: ["modules", "http"], workers: 1, args, env: redisEnv }))
}

for (const [signal, code] of /** @type {const} */ ([
  ["SIGINT", 130],
  ["SIGTERM", 143],
])) {
  process.once(signal, async () => {
    stopJest()
    await cleanUp()
    process.exit(code)
  })
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${describeFailure(error)}\n`)
  total.failed += 1
} finally {
  await cleanUp()
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ""
log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
