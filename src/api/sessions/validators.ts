// What requests about sessions may hold.
import { z } from "@medusajs/framework/zod"
import { pageQuery, regionQuery, wholeNumber } from "../standalone/query"

const id = z.string().min(1).max(64)
/** Values in one change: more than a template has zones, few enough that every fault can be answered. */
const MAX_VALUES = 200

/** One's own design to begin with: a session, a line of the cart, or an item of an order. */
const from = z
  .strictObject({
    session_id: id.optional(),
    sessionId: id.optional(),
    item_id: id.optional(),
    order_item_id: id.optional(),
  })
  .transform(({ session_id, sessionId, ...rest }) => ({
    session_id: session_id ?? sessionId,
    ...rest,
  }))
  .refine(
    (given) => Object.values(given).filter((value) => value !== undefined).length === 1,
    "names one of session_id, item_id and order_item_id"
  )

/** A new session: of a product, or `from` a design of one's own. */
export const startBody = z
  .strictObject({
    product_id: id.optional(),
    template_id: id.optional(),
    variant_id: id.optional(),
    from: from.optional(),
    ...regionQuery,
  })
  .superRefine(({ product_id, from: source }, context) => {
    if (product_id === undefined && source === undefined) {
      context.addIssue({
        code: "invalid_type",
        expected: "string",
        input: product_id,
        path: ["product_id"],
      })
    }
    if (product_id !== undefined && source !== undefined) {
      context.addIssue({
        code: "custom",
        path: ["product_id"],
        message: "cannot stand beside from, which has a product of its own",
      })
    }
  })

/** A change of a session. */
export const changeBody = z.strictObject({
  options: z
    .record(z.string().max(64), z.unknown())
    .refine(
      (values) => Object.keys(values).length <= MAX_VALUES,
      `may have at most ${MAX_VALUES} values`
    )
    .optional(),
  variant_id: id.optional(),
  revision: z.int().min(0).optional(),
})

/** Which preview: a placement's, or all of them; as it will look or as small as a list shows it; written as what. */
export const previewBody = z.strictObject({
  view: z.string().max(64).optional(),
  target: z.enum(["preview", "thumbnail"]).optional(),
  format: z.enum(["webp", "png"]).optional(),
})

/** Seconds that a caller may have the answer wait for the job's end. */
export const waitQuery = z.object({ wait: wholeNumber(0, 25).default(0) })

/** A page of one's own sessions. */
export const listQuery = z.object(pageQuery)

export type StartBody = z.output<typeof startBody>
export type PreviewBody = z.output<typeof previewBody>
