// What a used zone costs: amounts per unit of the product, added to the variant's price.
import { z } from "@medusajs/framework/zod"
import { DEFINITION_LIMITS } from "./limits"
import { amountsSchema } from "./values"

/** Percent of the variant's price, as a decimal: `"12.5"` adds an eighth. */
const percentSchema = z
  .union([z.number(), z.string()])
  .transform(String)
  .pipe(
    z
      .string()
      .regex(/^-?\d{1,4}(\.\d{1,4})?$/, "must be a decimal percentage")
      .refine((value) => Math.abs(Number(value)) <= 1000, "must be from -1000 to 1000")
  )

const everyZone = {
  /** Once, when the zone holds a value. */
  flat: amountsSchema.optional(),
  /** Of the variant's price, once, when the zone holds a value. */
  percent_of_base: percentSchema.optional(),
}

/** For color and option zones. */
export const priceSchema = z.strictObject(everyZone)

/** For text zones: `per_character` counts graphemes that are not white space, after the first `free` ones. */
export const textPriceSchema = z.strictObject({
  ...everyZone,
  per_character: z
    .strictObject({
      free: z.int().min(0).max(DEFINITION_LIMITS.textGraphemes).default(0),
      amounts: amountsSchema,
    })
    .optional(),
})

/** For image zones: `per_image` for a picture of the visitor's own, not for the zone's default. */
export const imagePriceSchema = z.strictObject({
  ...everyZone,
  per_image: amountsSchema.optional(),
})
