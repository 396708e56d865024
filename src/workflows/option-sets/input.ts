// What callers give to save an option set.

/** An amount per unit in major units, decimal. */
export type AmountInput = number | string

export type OptionInput = {
  /** The option's id as it was read; only checked, options are told apart by `value`. */
  id?: string | undefined
  /** An option that is there keeps the spelling it has: designs and templates name it so. */
  value: string
  /** May be left out for an option that is there already, and in a bound set. */
  label?: string | undefined
  /**
   * In the store's default currency; may be negative. Left out or null: as it is. A new option needs one; in a bound set
   * the variant has the price, so that only 0 may be given.
   */
  price_delta?: AmountInput | null | undefined
  /** By lower-case ISO 4217 code for the other currencies. Given, it replaces all of them; left out, they stay. */
  price_deltas?: Record<string, AmountInput> | undefined
  /** The place in the list, lowest first; left out: as the options are given, in a bound set as the product option has it. */
  rank?: number | undefined
  metadata?: Record<string, unknown> | null | undefined
}

export type CreateOptionSetInput = {
  product_id: string
  /** Unique per product. */
  key: string
  title: string
  /** Default: false, true for a bound set. */
  required?: boolean | undefined
  /** Binds the set to this Medusa product option of the product: its values are the options, a choice selects the variant. */
  product_option_id?: string | null | undefined
  /** For a bound set they override label, rank and metadata of the product option's values. */
  options?: OptionInput[] | undefined
}

/** The well-formed parts of an input that is not, for finding all that is wrong with it. */
export type LooseOptionSetInput = {
  product_id?: string | undefined
  key?: string | undefined
  product_option_id?: string | null | undefined
  options?: Partial<OptionInput>[] | undefined
}

/** What is left out stays as it is. `options`, when given, are all the set has from then on, told apart by `value`. */
export type UpdateOptionSetInput = Partial<Omit<CreateOptionSetInput, "product_id">> & {
  id: string
  /** As it was read; only checked. */
  product_id?: string | undefined
}

/**
 * What uniqueness of a set's values is decided on: NFC, trimmed, lower-cased by Unicode's default mapping, whatever the
 * language. So `Größe` and `GRÖSSE` differ (ß has no single capital), a Turkish dotted İ differs from i, and full-width
 * letters differ from ASCII ones.
 */
export function optionValueKey(value: string): string {
  return cleanValue(value).toLowerCase()
}

/** A value as it is stored. */
export function cleanValue(value: string): string {
  return value.normalize("NFC").trim()
}
