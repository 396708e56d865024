// What requests about option sets may hold, at both doors.
import { z } from "@medusajs/framework/zod"
import { OPTION_VALUE_LENGTH } from "../../domain/option-value"
import { amountSchema, amountsSchema, keySchema } from "../../domain/template/definition"
import { pageQuery } from "../standalone/query"

/** How many options a request may name. */
export const MAX_OPTIONS = 200

const id = z.string().min(1).max(64)
const optionFields = {
  value: z.string().trim().min(1).max(OPTION_VALUE_LENGTH),
  label: z.string().trim().min(1).max(200).optional(),
  price_delta: amountSchema.nullish(),
  price_deltas: z.union([amountsSchema, z.strictObject({})]).optional(),
  rank: z.int().min(0).max(1_000_000).optional(),
  metadata: z.record(z.string().max(100), z.unknown()).nullish(),
}
const setFields = {
  key: keySchema,
  title: z.string().trim().min(1).max(200),
  required: z.boolean().optional(),
  product_option_id: id.nullish(),
}

/** An option of a new set. */
export const newOptionBody = z.strictObject(optionFields)
/** An option in a change. */
export const changedOptionBody = z.strictObject({ id: id.optional(), ...optionFields })

/** A new set. `options` may be left out of a set that is bound to a product option. */
export const createOptionSetBody = z.strictObject({
  product_id: id,
  ...setFields,
  options: z.array(newOptionBody).max(MAX_OPTIONS).optional(),
})

/** A change; it takes what a read gave, whose ids are checked and never changed, and whose times are ignored. */
export const updateOptionSetBody = z.strictObject({
  id: id.optional(),
  product_id: id.optional(),
  created_at: z.unknown().optional(),
  updated_at: z.unknown().optional(),
  ...setFields,
  key: setFields.key.optional(),
  title: setFields.title.optional(),
  options: z.array(changedOptionBody).max(MAX_OPTIONS).optional(),
})

export const listOptionSetsQuery = z.strictObject({ product_id: id.optional(), ...pageQuery })
