// Query strings of Medusa's own doors, by Medusa's conventions: `fields`, `order`, `limit`, `offset` and filters.
import {
  validateAndTransformQuery,
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
} from "@medusajs/framework/http"
import { z } from "@medusajs/framework/zod"
import { zodIssues } from "../../domain/zod-issues"
import { invalid } from "../../lib/errors"
import { wholeNumber } from "../standalone/query"
import { sendError } from "../standalone/respond"

/** What the query of a read of one thing may hold. */
export const selectParams = z.object({ fields: z.string().max(2000).optional() })

/** What the query of every list may hold, beside its filters: `limit` (default 20, 1 to 100), `offset`, `order`, `fields`. */
export const listParams = selectParams.extend({
  limit: wholeNumber(1, 100).default(20),
  offset: wholeNumber(0, 999_999_999).default(0),
  order: z
    .string()
    .regex(/^-?[a-z_]{1,64}$/, "must be a field's name, with - before it for descending")
    .optional(),
})

/** `true` or `false` in a query. */
export const booleanParam = z.enum(["true", "false"]).transform((value) => value === "true")

/**
 * Medusa's `validateAndTransformQuery`, which fills `req.queryConfig` and `req.filterableFields`. A query that it refuses is
 * answered with 400 in the form of our other errors, with an issue for every fault and every unknown name.
 */
export function medusaQuery(
  schema: z.ZodObject<z.ZodRawShape>,
  config: Parameters<typeof validateAndTransformQuery>[1]
) {
  const validate = validateAndTransformQuery(schema, config)
  const strict = schema.strict()
  return async (req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction) => {
    await validate(req, res, (error?: unknown) => {
      if (error === undefined) {
        next()
      } else {
        // Medusa names the first fault only, and reads some lists that the schema alone would not: it decides, we tell.
        const parsed = strict.safeParse(req.query)
        sendError(req, res, parsed.success ? error : invalid(zodIssues(parsed.error, req.query)))
      }
    })
  }
}
