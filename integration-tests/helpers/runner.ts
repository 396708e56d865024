// The whole store in a spec file: Medusa with this repository's configuration, on a database of its own, over HTTP.
import type { MedusaContainer } from "@medusajs/framework/types"
import { clearInstances, medusaIntegrationTestRunner, startApp } from "@medusajs/test-utils"
import { Redis } from "ioredis"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { copySeedFiles, copyTemplate, databaseUrl, randomName, type TestDatabase } from "./database"
import { freePort } from "./ports"

const ROOT = path.resolve(__dirname, "../..")
const BOOT_TIMEOUT_MS = 120_000

/** The running store that a suite gets. Everything but `databaseUrl` is there from `beforeAll` on. */
export type TestStore = {
  /** Absolute URL of a path: `url("/products")`. */
  url(path: string): string
  /** `fetch` on a path of the store; redirects are not followed. */
  request(path: string, init?: RequestInit): Promise<Response>
  getContainer(): MedusaContainer
  databaseUrl: string
  /** Lets the store start with the demo's catalog, as `npm run demo` does. To be called before it starts. */
  startSeeded(): void
}

export type TestRunnerInput = {
  testSuite: (store: TestStore) => void
  /** Environment variables of the store while the suite runs. */
  env?: Record<string, string>
  /**
   * `suite` (default): the tests of a file share one database, as requests share a store; queues keep working.
   * `test`: Medusa's runner puts the database back before each test by cutting every connection to it, those of
   * queue workers too, so it is for suites that need no worker.
   */
  isolate?: "suite" | "test"
}

/** Boots the store once for the spec file and hands it to the suite. In Redis mode, Redis is emptied first. */
export function personalizationTestRunner({
  testSuite,
  env = {},
  isolate = "suite",
}: TestRunnerInput): void {
  if (isolate === "test") {
    runWithRestore(testSuite, env)
    return
  }
  describe("store", () => {
    const name = randomName()
    let database: TestDatabase | undefined
    let filesDir: string | undefined
    let app: Awaited<ReturnType<typeof startApp>> | undefined
    let seeded = false

    beforeAll(async () => {
      await emptyRedis()
      database = await copyTemplate(name, seeded)
      filesDir = await temporaryFolder(seeded)
      // Jest gives every spec file a copy of the environment, so nothing is to be put back.
      Object.assign(process.env, await storeEnvironment(database.url, filesDir), env)
      app = await startApp({ cwd: ROOT })
    }, BOOT_TIMEOUT_MS)

    afterAll(async () => {
      await app?.shutdown()
      await clearInstances()
      await database?.drop()
      await removeFolder(filesDir)
    }, BOOT_TIMEOUT_MS)

    testSuite(
      describeStore(
        databaseUrl(name),
        () => {
          if (!app) {
            throw new Error("The store is not running yet: use it in a test or in beforeAll.")
          }
          return { port: app.port, container: app.container }
        },
        () => (seeded = true)
      )
    )
  })
}

function runWithRestore(
  testSuite: TestRunnerInput["testSuite"],
  env: Record<string, string>
): void {
  const dbName = randomName()
  const url = databaseUrl(dbName)
  let filesDir: string | undefined
  let seeded = false

  beforeAll(async () => {
    await emptyRedis()
    filesDir = await temporaryFolder(seeded)
    Object.assign(process.env, await storeEnvironment(url, filesDir), env)
  })

  afterAll(() => removeFolder(filesDir))

  medusaIntegrationTestRunner({
    dbName,
    cwd: ROOT,
    medusaConfigFile: ROOT,
    hooks: {
      // The runner creates the database if it is missing, and then finds nothing left to migrate.
      beforeServerStart: async () => {
        await copyTemplate(dbName, seeded)
      },
    },
    testSuite: ({ getContainer }) => {
      testSuite(
        describeStore(
          url,
          () => ({ port: Number(process.env.PORT), container: getContainer() }),
          () => (seeded = true)
        )
      )
    },
  })
}

function describeStore(
  databaseUrl: string,
  running: () => { port: number; container: MedusaContainer },
  startSeeded: () => void
): TestStore {
  const url = (path: string) => new URL(path, `http://127.0.0.1:${running().port}`).href
  return {
    url,
    request: (path, init) => fetch(url(path), { redirect: "manual", ...init }),
    getContainer: () => running().container,
    databaseUrl,
    startSeeded,
  }
}

/** The links that the store gives out lead back to it: its port is chosen before it starts. */
async function storeEnvironment(url: string, filesDir: string): Promise<Record<string, string>> {
  const port = await freePort()
  return {
    NODE_ENV: "test",
    DATABASE_URL: url,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    FILES_DIR: filesDir,
    MEDUSA_WORKER_MODE: "shared",
    // All that a suite asks for comes from one address.
    RATE_LIMITS: "false",
    DISABLE_MEDUSA_ADMIN: "true",
  }
}

async function temporaryFolder(seeded: boolean): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "personalization-files-"))
  if (seeded) {
    await copySeedFiles(folder)
  }
  return folder
}

async function removeFolder(folder: string | undefined): Promise<void> {
  if (folder) {
    await rm(folder, { recursive: true, force: true })
  }
}

async function emptyRedis(): Promise<void> {
  const url = process.env.REDIS_URL
  if (!url) {
    return
  }
  const redis = new Redis(url)
  try {
    await redis.flushall()
  } finally {
    redis.disconnect()
  }
}
