// Loads the webhook module alone on a migrated database, for its specs.
import { ContainerRegistrationKeys, Modules, createPgConnection } from "@medusajs/framework/utils"
import { MockEventBusService, initModules } from "@medusajs/test-utils"
import path from "node:path"
import { Client } from "pg"
import { copyTemplate } from "../helpers/database"
import {
  PERSONALIZATION_WEBHOOK_MODULE,
  type PersonalizationWebhookModuleService,
} from "../../src/modules/personalization_webhook"

export type Loaded = {
  service: PersonalizationWebhookModuleService
  /** A connection of the spec's own. */
  sql: Client
  close(): Promise<void>
}

/** The module on a copy of the migrated template, without queues. `allowHosts` is the option `webhooks.allow_hosts`. */
export async function loadWebhookModule(allowHosts: string[] = []): Promise<Loaded> {
  const database = await copyTemplate()
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  const connection = createPgConnection({ clientUrl: database.url, pool: { max: 20 } })
  const modulesConfig = {
    [PERSONALIZATION_WEBHOOK_MODULE]: {
      resolve: path.resolve(__dirname, "../../src/modules/personalization_webhook"),
      options: {
        secret: "a-secret-of-the-specs-with-32-characters",
        webhooks: { allow_hosts: allowHosts },
      },
    },
  }
  const { medusaApp, shutdown } = await initModules({
    databaseConfig: { clientUrl: database.url },
    modulesConfig,
    injectedDependencies: {
      [ContainerRegistrationKeys.PG_CONNECTION]: connection,
      [ContainerRegistrationKeys.LOGGER]: console,
      [ContainerRegistrationKeys.CONFIG_MODULE]: { modules: modulesConfig },
      [Modules.EVENT_BUS]: new MockEventBusService(),
    },
    preventConnectionDestroyWarning: true,
  })
  const { modules } = medusaApp as { modules: Record<string, unknown> }
  return {
    service: modules[PERSONALIZATION_WEBHOOK_MODULE] as PersonalizationWebhookModuleService,
    sql,
    close: async () => {
      await shutdown()
      await connection.destroy()
      await sql.end()
      await database.drop()
    },
  }
}
