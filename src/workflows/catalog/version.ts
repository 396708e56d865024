// The catalog's version of an app: how a change drops what is cached.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { catalogVersionOf, type CatalogVersion } from "../../lib/catalog-version"

/** This process's view of the version. */
export function catalogVersion(container: MedusaContainer): CatalogVersion {
  return catalogVersionOf(
    container.resolve(ContainerRegistrationKeys.PG_CONNECTION),
    container.resolve(ContainerRegistrationKeys.LOGGER)
  )
}

/**
 * Drops every cached answer of the catalog: in this process at once, elsewhere within a second. Call it after the
 * change is committed.
 */
export async function touchCatalog(container: MedusaContainer): Promise<void> {
  await catalogVersion(container).touch()
}
