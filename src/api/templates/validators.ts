// What may be sent to save and change templates, and to look for them; both doors share it.
import { z } from "@medusajs/framework/zod"
import { TEMPLATE_STATUSES } from "../../domain/template/lifecycle"
import { pageQuery } from "../standalone/query"

const name = z.string().min(1).max(200)
const status = z.enum(TEMPLATE_STATUSES)
/** A product's id. */
export const productId = z.string().min(1).max(64)

/** A new version of a product's template. The definition is checked by the language itself. */
export const createTemplateBody = z.strictObject({
  product_id: productId,
  version: z.int().min(1).max(2_147_483_647),
  definition: z.unknown(),
  name: name.optional(),
  status: status.optional(),
  is_default: z.boolean().optional(),
})

/** A change of a version; what is left out stays. `product_id` and `version` never change. */
export const updateTemplateBody = z.strictObject({
  name: name.optional(),
  status: status.optional(),
  is_default: z.boolean().optional(),
  definition: z.unknown(),
})

/** Which templates to list. */
export const listTemplatesQuery = z.strictObject({
  ...pageQuery,
  product_id: productId.optional(),
  status: status.optional(),
})
