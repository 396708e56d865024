// What sessions of a product have in common: its template, option sets, variants and prices. Kept while the catalog stays.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { LRUCache } from "lru-cache"
import type { VariantValues } from "../../domain/selection/variant"
import type { Definition } from "../../domain/template/definition"
import { readStored } from "../../domain/template/stored"
import { notFound } from "../../lib/errors"
import { VersionMemo } from "../../lib/version-memo"
import type { SessionRow } from "../../modules/personalization/service"
import { listPricedOptionSets, type CatalogOptionSet } from "../catalog/option-sets"
import { variantAmounts } from "../catalog/prices"
import { catalogVersion } from "../catalog/version"
import { isVisible } from "../catalog/visible"
import { readVariants } from "../option-sets/product-options"
import { personalization } from "../services"

/** A product as its sessions of one region see it. */
export type ProductFacts = {
  /** Those that were deleted since the session began too. */
  option_sets: CatalogOptionSet[]
  /** By rank. */
  variants: VariantValues[]
  /** Exact base prices by variant, decimal strings in major units; a variant without a price there is left out. */
  amounts: ReadonlyMap<string, string>
  /** Whether the catalog shows the product. */
  shown: boolean
}
type Asked = Pick<SessionRow, "product_id" | "region_id" | "currency_code" | "created_at">

/** The most products, each in a region, that are remembered. */
const MAX_PRODUCTS = 500
/** Definitions that are remembered may have this many characters as JSON together. */
const MAX_DEFINITIONS = 16_777_216

type Memory = {
  facts: VersionMemo<ProductFacts>
  turns: VersionMemo<number[]>
  definitions: LRUCache<string, Definition>
}
// One per app: a process may hold several, as tests do. An app has one connection; its services come as another object in
// every workflow.
const memories = new WeakMap<object, Memory>()

function memoryOf(container: MedusaContainer): Memory {
  const app = container.resolve<object>(ContainerRegistrationKeys.PG_CONNECTION)
  let memory = memories.get(app)
  if (!memory) {
    const { cache_ttl_seconds } = personalization(container).options.catalog
    memory = {
      facts: new VersionMemo(cache_ttl_seconds, MAX_PRODUCTS),
      turns: new VersionMemo(cache_ttl_seconds, MAX_PRODUCTS),
      definitions: new LRUCache({
        maxSize: MAX_DEFINITIONS,
        sizeCalculation: (definition) => JSON.stringify(definition).length,
      }),
    }
    memories.set(app, memory)
  }
  return memory
}

/**
 * The facts of a session's product, as fresh as the catalog's answers are: a change is seen at once in this process and
 * within a second elsewhere. No query while the catalog stays as it is.
 */
export async function productFacts(
  container: MedusaContainer,
  session: Asked
): Promise<ProductFacts> {
  const { facts, turns } = memoryOf(container)
  const { product_id, region_id, currency_code, created_at } = session
  const version = await catalogVersion(container).current()
  const points = await turns.get(version, product_id, () =>
    personalization(container).sessions.turningPoints(product_id)
  )
  // Sessions that began between the same two of them see the same option sets.
  const passed = points.filter((at) => at <= created_at.getTime()).length
  const name = [product_id, region_id, currency_code, passed].join(" ")
  return facts.get(version, name, () => readProductFacts(container, session))
}

/** The same, read now: for what is bought. */
export async function readProductFacts(
  container: MedusaContainer,
  session: Asked
): Promise<ProductFacts> {
  const [option_sets, variants, shown] = await Promise.all([
    listPricedOptionSets(container, session.product_id, session, session.created_at),
    readVariants(container, session.product_id),
    isVisible(container, session.product_id),
  ])
  const ids = (variants ?? []).map(({ id }) => id)
  const amounts = await variantAmounts(container, ids, session)
  return { option_sets, variants: variants ?? [], amounts, shown }
}

/**
 * The definition of a template, a deleted one too. Once a session used it, it never changes any more, and is remembered.
 * @throws AppError 404 `template_not_found`
 */
export async function pinnedDefinition(
  container: MedusaContainer,
  templateId: string
): Promise<Definition> {
  const { definitions } = memoryOf(container)
  const known = definitions.get(templateId)
  if (known) {
    return known
  }
  const [template] = await personalization(container).listTemplates(
    { id: templateId },
    { withDeleted: true, take: 1 }
  )
  if (!template) {
    throw notFound("template")
  }
  const definition = readStored(template.definition)
  // One that is still free to change may be asked for too: by a copy that is about to move to it.
  if (template.used_at) {
    definitions.set(templateId, definition)
  }
  return definition
}
