// The catalog's answers, ready to be sent: what was asked -> bytes, from the cache or loaded once.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { CatalogVersion } from "../../lib/catalog-version"
import { notFound, toAppError, toErrorBody } from "../../lib/errors"
import { readyAnswer, ReadyCache, type ReadyAnswer } from "../../lib/ready-cache"
import { sharedCache } from "../../lib/shared-cache"
import type { Slots } from "../../lib/slots"
import { VersionMemo } from "../../lib/version-memo"
import { personalization } from "../services"
import { countProducts } from "./product-rows"
import { listCatalogProducts, retrieveCatalogProduct, retrievePersonalization } from "./products"
import { pickRegion, readShop, type PriceContext, type RegionWish, type Shop } from "./region"
import { loadSlots } from "./slots"
import { catalogVersion } from "./version"
import { ownChannel } from "./visible"

/** A read of the catalog; `q` is trimmed and not empty. */
export type CatalogAsk = RegionWish &
  (
    | { kind: "list"; limit: number; offset: number; q?: string | undefined }
    | { kind: "product" | "personalization"; id: string }
  )

/** An answer, whether it was there, and the name under which it is kept; null for one that needs no reading. */
export type CatalogRead = {
  answer: ReadyAnswer
  hit: boolean
  kept_as: { version: string; key: string } | null
}

/** The most characters that an id or handle may have to be looked for: no product gets a longer handle here. */
const MAX_ID_LENGTH = 500
const UNKNOWN_PRODUCT = readyAnswer(404, toErrorBody(notFound("product")))

/** The most counts that are remembered: one per search and set of channels. */
const MAX_COUNTS = 1000

/** Reads of one app. Everything it keeps hangs on the catalog's version; answers live `catalog.cache_ttl_seconds` at most. */
export class CatalogAnswers {
  readonly version: CatalogVersion
  /** `catalog.cache_ttl_seconds`. */
  readonly ttlSeconds: number
  readonly #cache: ReadyCache
  readonly #shop: VersionMemo<Shop>
  readonly #counts: VersionMemo<number>

  constructor(private readonly container: MedusaContainer) {
    const { catalog } = personalization(container).options
    const module = container.resolve(Modules.CACHING, { allowUnregistered: true })
    const log = container.resolve(ContainerRegistrationKeys.LOGGER)
    this.version = catalogVersion(container)
    this.ttlSeconds = catalog.cache_ttl_seconds
    this.#cache = new ReadyCache({
      max_bytes: catalog.cache_max_bytes,
      ttl_seconds: catalog.cache_ttl_seconds,
      shared: module && sharedCache(module, log),
    })
    this.#shop = new VersionMemo(catalog.cache_ttl_seconds, 1)
    this.#counts = new VersionMemo(catalog.cache_ttl_seconds, MAX_COUNTS)
  }

  /** A kept answer by the name that `read` gave, without waiting. */
  peek(version: string, key: string): ReadyAnswer | undefined {
    return this.#cache.peek(version, key)
  }

  /**
   * The answer to a read: 200, or the contract's 404 for a product that is not there. One whose id or handle is over 500
   * characters is not looked for.
   * @param channels the sales channels; default: the option `catalog.sales_channel_id`, else the store's default one
   * @throws AppError 400 for a region, country or currency that the shop does not have; 503 `catalog_busy` when too many
   *   loads wait
   */
  async read(ask: CatalogAsk, channels?: string[]): Promise<CatalogRead> {
    if (ask.kind !== "list" && ask.id.length > MAX_ID_LENGTH) {
      return { answer: UNKNOWN_PRODUCT, hit: true, kept_as: null }
    }
    const version = await this.version.current()
    const shop = await this.#shop.get(version, "", () => readShop(this.container))
    const context = pickRegion(shop, ask)
    const shown = [...(channels ?? this.#ownChannels(shop))].sort()
    const key = JSON.stringify([
      ask.kind,
      context.region_id,
      context.currency_code,
      shown,
      ...(ask.kind === "list" ? [ask.limit, ask.offset, ask.q ?? null] : [ask.id]),
    ])
    const read = await this.#cache.read(version, key, () =>
      slotsOf(ask).run(() => this.#load(version, ask, shown, context))
    )
    return { ...read, kept_as: { version, key } }
  }

  #ownChannels(shop: Shop): string[] {
    const channel = ownChannel(this.container, shop)
    return channel === null ? [] : [channel]
  }

  async #load(
    version: string,
    ask: CatalogAsk,
    channels: string[],
    context: PriceContext
  ): Promise<ReadyAnswer> {
    if (ask.kind === "list") {
      const filter = { channels, q: ask.q }
      const page = { limit: ask.limit, offset: ask.offset }
      const counted = JSON.stringify([channels, ask.q ?? null])
      const [products, count] = await Promise.all([
        listCatalogProducts(this.container, filter, page, context),
        this.#counts.get(version, counted, () => countProducts(this.container, filter)),
      ])
      return readyAnswer(200, { products, count, ...page })
    }
    try {
      return readyAnswer(
        200,
        ask.kind === "product"
          ? { product: await retrieveCatalogProduct(this.container, ask.id, channels, context) }
          : await retrievePersonalization(this.container, ask.id, channels, context)
      )
    } catch (error) {
      // What is not there is kept too, so that asking for it again and again reads nothing.
      const fault = toAppError(error)
      if (fault?.status === 404) {
        return readyAnswer(fault.status, toErrorBody(fault))
      }
      throw error
    }
  }
}

function slotsOf(ask: CatalogAsk): Slots {
  if (ask.kind !== "list") {
    return loadSlots.product
  }
  return ask.q === undefined ? loadSlots.list : loadSlots.search
}

// One per database connection, as the version is.
const apps = new WeakMap<object, CatalogAnswers>()

/** The app's reads. */
export function catalogAnswers(container: MedusaContainer): CatalogAnswers {
  const connection: object = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  let answers = apps.get(connection)
  if (!answers) {
    answers = new CatalogAnswers(container)
    apps.set(connection, answers)
  }
  return answers
}
