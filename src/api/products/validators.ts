// What the catalog's writes take.
import { z } from "@medusajs/framework/zod"
import { OPTION_VALUE_LENGTH } from "../../domain/option-value"

/** The most entries that lists of a product have, and characters that its texts have. */
const LIMITS = { media: 100, options: 20, values: 500, variants: 500, url: 4096, text: 500 }

const text = z.string().trim().min(1).max(LIMITS.text)
const optionValue = z.string().trim().min(1).max(OPTION_VALUE_LENGTH)
/** Kept as it is, so that a text that a read gave comes back equal. */
const keptText = z.string().max(LIMITS.text).regex(/\S/, "must not be blank")
const description = z.string().max(50_000).nullish()
const status = z.enum(["draft", "proposed", "published", "rejected"])
const sku = z.string().trim().min(1).max(LIMITS.text).nullish()

/** A decimal in major units, not negative, kept as a string so that no float touches it. */
const price = z
  .union([z.number(), z.string()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, "must be a decimal amount of zero or more"))

const currency_code = z
  .string()
  .regex(/^[a-zA-Z]{3}$/, "must be an ISO 4217 code")
  .transform((code) => code.toLowerCase())
  .optional()

const handle = z.string().min(1).max(LIMITS.text)

const url = z.string().min(1).max(LIMITS.url)

/** Pictures in order, as urls or as reads show them. */
const media = z
  .array(
    z
      .union([url, z.strictObject({ url })])
      .transform((picture) => (typeof picture === "string" ? picture : picture.url))
  )
  .max(LIMITS.media)

const option = z.strictObject({
  title: text,
  values: z.array(optionValue).min(1).max(LIMITS.values),
})
const newVariant = z.strictObject({
  title: text.optional(),
  sku,
  base_price: price.optional(),
  options: z.record(z.string().trim().max(LIMITS.text), optionValue).optional(),
  manage_inventory: z.boolean().optional(),
})

/** `POST /products`. */
export const createProductBody = z.strictObject({
  name: text,
  description,
  base_price: price,
  currency_code,
  media: media.optional(),
  status: status.optional(),
  handle: handle.optional(),
  options: z.array(option).max(LIMITS.options).optional(),
  variants: z.array(newVariant).max(LIMITS.variants).optional(),
})

/** What reads show and writes leave alone. */
const readOnly = z.unknown().optional()

const changedVariant = z.strictObject({
  id: z.string().min(1).max(64),
  title: keptText.optional(),
  sku: keptText.nullish(),
  base_price: price.nullable().optional(),
  tax_inclusive: readOnly,
  in_stock: readOnly,
})

/** `PUT /products/:id`: what is given changes. Fields that only reads show are taken and ignored. */
export const updateProductBody = z.strictObject({
  id: z.string().optional(),
  name: keptText.optional(),
  description,
  base_price: price.nullable().optional(),
  currency_code,
  media: media.optional(),
  status: status.optional(),
  handle: handle.optional(),
  variants: z.array(changedVariant).max(LIMITS.variants).optional(),
  customizable: readOnly,
  tax_inclusive: readOnly,
  template: readOnly,
  option_sets: readOnly,
})
