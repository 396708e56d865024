// Fills an empty store with the demo's catalog: `medusa exec ./src/scripts/seed.ts`.
import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { ADMIN_EMAIL, seedAdmin, seedApiKey, seedWorkshop } from "./seed/access"
import { seedPictures, seedProducts } from "./seed/catalog"
import { seedShipping, seedShippingProfile, seedStockLocation } from "./seed/shipping"
import { seedPublishableKey, seedRegions } from "./seed/store"

/**
 * What a run prints behind `SEED_RESULT `. A secret is null when it was made by an earlier run: the store keeps
 * hashes only.
 */
export type SeedResult = {
  api_key: string | null
  publishable_key: string
  admin_email: string
  admin_password: string | null
  receiver_secret: string | null
  products: { id: string; handle: string }[]
}

/** Seeds the store and prints what a caller needs to use it. */
export default async function seed({ container }: ExecArgs): Promise<void> {
  const result = await seedStore(container)
  process.stdout.write(`SEED_RESULT ${JSON.stringify(result)}\n`)
}

/** Seeds the store; every part looks for itself first, so that a second or an interrupted run goes on where it is. */
export async function seedStore(container: MedusaContainer): Promise<SeedResult> {
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const startedAt = Date.now()
  const part = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const result = await work()
    logger.info(`Seed: ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
    return result
  }
  await part("currencies, regions and taxes", () => seedRegions(container))
  const profile_id = await part("shipping profile", () => seedShippingProfile(container))
  const location_id = await part("stock location", () => seedStockLocation(container))
  await part("shipping rates", () => seedShipping(container, { location_id, profile_id }))
  const urls = await part("pictures", () => seedPictures(container))
  const products = await part("products, templates and option sets", () =>
    seedProducts(container, { location_id, profile_id, urls })
  )
  const publishable_key = await part("publishable key", () => seedPublishableKey(container))
  // Secrets come last: what was made by a run that ends before it could print them is lost.
  const admin_password = await part("dashboard user", () => seedAdmin(container))
  const receiver_secret = await part("workshop", () => seedWorkshop(container))
  const api_key = await part("management key", () => seedApiKey(container))
  return {
    api_key,
    publishable_key,
    admin_email: ADMIN_EMAIL,
    admin_password,
    receiver_secret,
    products,
  }
}
