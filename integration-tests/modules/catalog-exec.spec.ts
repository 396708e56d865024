// A script under `medusa exec` ends its process as soon as it is done: the catalog's version has its changes all the same.
import { execFile } from "node:child_process"
import path from "node:path"
import { promisify } from "node:util"
import { Client } from "pg"
import { copyTemplate, type TestDatabase } from "../helpers/database"

const ROOT = path.resolve(__dirname, "../..")

describe("medusa exec", () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await copyTemplate()
  })
  afterAll(() => database.drop())

  const sequence = async () => {
    const client = new Client({ connectionString: database.url })
    await client.connect()
    try {
      const { rows } = await client.query<{ at: string }>(
        "select last_value as at from personalization_catalog_version"
      )
      return Number(rows[0]?.at)
    } finally {
      await client.end()
    }
  }

  it("moves the version after the script's last change", async () => {
    const before = await sequence()
    await promisify(execFile)(
      process.execPath,
      [
        path.join(ROOT, "node_modules/@medusajs/cli/cli.js"),
        "exec",
        "./integration-tests/modules/exec-two-changes.ts",
      ],
      { cwd: ROOT, env: { ...process.env, DATABASE_URL: database.url, REDIS_URL: "" } }
    )
    expect((await sequence()) - before).toBeGreaterThanOrEqual(2)
  }, 120_000)
})
