// What a used zone costs: amounts per unit of the product, added to the variant's price.
import { z } from "@medusajs/framework/zod"
import { DEFINITION_LIMITS } from "./limits"
import { amountsSchema } from "./values"

const PERCENT = /^-?\d{1,4}(\.\d{1,4})?$/

/** Percent of the variant's price, as a decimal: `"12.5"` adds an eighth. */
const percentSchema = z
  .union([z.number(), z.string()])
  .transform(String)
  .pipe(
    z
      .string()
      .regex(PERCENT, "must be a decimal percentage")
      .refine((value) => Math.abs(Number(value)) <= 1000, "must be from -1000 to 1000")
  )
  .meta({
    pattern: PERCENT.source,
    minimum: -1000,
    maximum: 1000,
    description: "Percent of the variant's price, once, when the zone holds a value.",
  })

const everyZone = {
  flat: amountsSchema.optional().describe("Once, when the zone holds a value."),
  percent_of_base: percentSchema.optional(),
}

/** For color and option zones. */
export const priceSchema = z.strictObject(everyZone)

/** For text zones. */
export const textPriceSchema = z.strictObject({
  ...everyZone,
  per_character: z
    .strictObject({
      free: z.int().min(0).max(DEFINITION_LIMITS.textGraphemes).default(0),
      amounts: amountsSchema,
    })
    .optional()
    .describe("For each character that is not white space, after the first `free` ones."),
})

/** For image zones. */
export const imagePriceSchema = z.strictObject({
  ...everyZone,
  per_image: amountsSchema
    .optional()
    .describe("For a picture of the visitor's own, not for the zone's default."),
})
