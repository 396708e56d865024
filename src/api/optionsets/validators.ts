// What requests about option sets may hold, at both doors.
import { z } from "@medusajs/framework/zod"
import { amountSchema, amountsSchema, keySchema } from "../../domain/template/definition"
import { invalid } from "../../lib/errors"
import type { UpdateOptionSetInput } from "../../workflows/option-sets/input"
import { readOnly } from "../../workflows/option-sets/option-plan"
import { pageQuery } from "../standalone/query"

/** How many options a request may name. */
const MAX_OPTIONS = 200

const id = z.string().min(1).max(64)
const optionFields = {
  value: z.string().trim().min(1).max(200),
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

/** A new set. `options` may be left out of a set that is bound to a product option. */
export const createOptionSetBody = z.strictObject({
  product_id: id,
  ...setFields,
  options: z.array(z.strictObject(optionFields)).max(MAX_OPTIONS).optional(),
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
  options: z
    .array(z.strictObject({ id: id.optional(), ...optionFields }))
    .max(MAX_OPTIONS)
    .optional(),
})

export const listOptionSetsQuery = z.strictObject({ product_id: id.optional(), ...pageQuery })

/** The change that a request to one set's path asks for. @throws AppError 400 `read_only` for another set's id. */
export function optionSetChange(
  pathId: string,
  body: z.output<typeof updateOptionSetBody>
): UpdateOptionSetInput {
  if (body.id !== undefined && body.id !== pathId) {
    throw invalid([readOnly(["id"])], "read_only")
  }
  const { product_id, key, title, required, product_option_id, options } = body
  return { ...{ product_id, key, title, required, product_option_id, options }, id: pathId }
}
