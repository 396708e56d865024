// What the catalog's writes take, in the contract's own words.

export type ProductStatus = "draft" | "proposed" | "published" | "rejected"

/** A choice that a product's variants differ in. */
export type ProductOptionInput = { title: string; values: string[] }

export type NewVariantInput = {
  /** Default: its option values. */
  title?: string | undefined
  sku?: string | null | undefined
  /** Decimal in major units; default: the product's. */
  base_price?: string | undefined
  /** A value for each of the product's options, by the option's title. */
  options?: Record<string, string> | undefined
  /** Count stock in Medusa's inventory. Default false: always in stock. */
  manage_inventory?: boolean | undefined
}

export type CreateCatalogProductInput = {
  name: string
  description?: string | null | undefined
  /** Decimal in major units of `currency_code`, on the tax basis of the store's prices. */
  base_price: string
  /** Lower-case ISO 4217; default: the store's default currency. */
  currency_code?: string | undefined
  /** Urls in order; the first is the listing's picture. */
  media?: string[] | undefined
  /** Default `published`. */
  status?: ProductStatus | undefined
  /** Default: made of the name. */
  handle?: string | undefined
  options?: ProductOptionInput[] | undefined
  variants?: NewVariantInput[] | undefined
}

export type VariantChange = {
  id: string
  title?: string | undefined
  sku?: string | null | undefined
  /** Decimal in major units; null is what a read shows for a variant without a price, and changes nothing. */
  base_price?: string | null | undefined
}

/** A partial change; what is left out stays. */
export type UpdateCatalogProductInput = {
  name?: string | undefined
  description?: string | null | undefined
  base_price?: string | null | undefined
  /** The currency of the amounts; default: the store's default currency. */
  currency_code?: string | undefined
  media?: string[] | undefined
  status?: ProductStatus | undefined
  handle?: string | undefined
  variants?: VariantChange[] | undefined
}
