// The statements that a piece of work sends to the database: its own and those of the requests it makes, not those of
// jobs that run every minute beside it.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { AsyncLocalStorage } from "node:async_hooks"
import { subscribe } from "node:diagnostics_channel"
import type { TestStore } from "./runner"

type Watch = { statements: string[] }

const context = new AsyncLocalStorage<Watch | undefined>()
let active: Watch | undefined
let listening = false

/** The store answers in this process: what it does for a request belongs to the watch during which that came. */
function listenToRequests(): void {
  if (!listening) {
    listening = true
    subscribe("http.server.request.start", () => context.enterWith(active))
  }
}

/** Runs `work`. One at a time. @returns what it comes to, and its statements in the order in which they were sent */
export async function statementsOf<T>(
  store: TestStore,
  work: () => Promise<T>
): Promise<{ result: T; statements: string[] }> {
  listenToRequests()
  const watch: Watch = { statements: [] }
  const connection = store.getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const listen = ({ sql }: { sql: string }) => {
    // The catalog's version is looked at when its time has come, whoever asks for what.
    if (context.getStore() === watch && !sql.includes("personalization_catalog_version")) {
      watch.statements.push(sql)
    }
  }
  connection.on("query", listen)
  active = watch
  try {
    return { result: await context.run(watch, work), statements: watch.statements }
  } finally {
    active = undefined
    connection.removeListener("query", listen)
  }
}
