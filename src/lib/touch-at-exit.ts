// Moves the catalog's version when the process is about to end, where nothing asynchronous has its turn any more.
import { spawnSync } from "node:child_process"

/** The longest that the process' end is held up, in milliseconds. */
const LIMIT_MS = 3000

const PROGRAM = `
const { Client } = require(process.argv[1])
const { connection, searchPath } = JSON.parse(require("node:fs").readFileSync(0, "utf8"))
const client = new Client(connection)
client
  .connect()
  .then(() => client.query("select set_config('search_path', $1, false)", [searchPath]))
  .then(() => client.query("select nextval('personalization_catalog_version')"))
  .finally(() => client.end())
`

/** The part of the database connection (Knex) that is needed here. */
export type ConfiguredConnection = {
  client?: { config?: { connection?: unknown; searchPath?: unknown } }
}

/**
 * Does it in a process of its own and waits for that, about 0.2 s. A touch that fails is lost, as it is when a process
 * crashes: other processes then show what changed when their answers' life is over. So it is with settings that cannot
 * be handed on, such as a function that makes the password.
 */
export function touchAtExit({ client }: ConfiguredConnection): void {
  const { connection, searchPath } = client?.config ?? {}
  spawnSync(process.execPath, ["-e", PROGRAM, require.resolve("pg")], {
    input: JSON.stringify({ connection, searchPath: [searchPath ?? "public"].flat().join() }),
    // What this process preloads is not needed there.
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["pipe", "ignore", "ignore"],
    timeout: LIMIT_MS,
  })
}
