// What is asked of the plugin in a foreign store, over HTTP.
import { existingTables, OUR_TABLES } from "../helpers/database"
import type { Host } from "./host"

/** The store lives, and the plugin's migrations were run with Medusa's. */
export async function driveHost(host: Host, databaseUrl: string): Promise<void> {
  const health = await fetch(host.url("/health"))
  expect(health.status).toBe(200)
  expect(await existingTables(databaseUrl)).toEqual(expect.arrayContaining(OUR_TABLES))
}
