// Touches the catalog's version when Medusa tells of a change that the catalog shows.
import type { IEventBusModuleService, Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { catalogVersionOf } from "../../lib/catalog-version"
import { coalesce } from "../../lib/coalesce"

/**
 * The events, each seen when the dashboard made the change: products with their variants, options and pictures; prices
 * and tax preferences; stock; regions; the store's settings; and the links that say where a product is sold. A price
 * list's own edits have no event: the version's print of price lists covers them.
 */
const SHOWN =
  /^(product|product-[a-z]+|pricing|inventory\.inventory-[a-z]+|region|store|currency|sales_channel|LinkProduct(SalesChannel|VariantPriceSet|VariantInventoryItem)|LinkSalesChannelStockLocation)\./

/** Milliseconds between two touches at least: an import of thousands of products is a burst of events. */
const PAUSE_MS = 100

type Connection = Parameters<typeof catalogVersionOf>[0]

/**
 * Listens as an interceptor, which the process that made the change calls when its workflow is over, in every worker
 * mode: subscribers would run in workers only, and only after a queue. With an event bus that has no interceptors it
 * subscribes.
 * @param dependencies what Medusa gives the module: event bus, database connection and logger are read
 */
export function watchCatalog(dependencies: Record<string, unknown>): void {
  const bus = dependencies[Modules.EVENT_BUS] as IEventBusModuleService | undefined
  const connection = dependencies[ContainerRegistrationKeys.PG_CONNECTION] as Connection | undefined
  if (!bus || !connection) {
    return
  }
  const log = dependencies[ContainerRegistrationKeys.LOGGER] as Logger
  const version = catalogVersionOf(connection, log)
  const touch = coalesce(
    () => version.touch(),
    PAUSE_MS,
    (error) => {
      const text = error instanceof Error ? error.message : String(error)
      log.warn(`The catalog's version could not be moved, trying again: ${text}`)
    }
  )
  const listener = async ({ name }: { name: string }) => {
    if (SHOWN.test(name)) {
      touch()
    }
  }
  if (bus.addInterceptor) {
    bus.addInterceptor(listener)
  } else {
    bus.subscribe("*", listener)
  }
}
