// Saving option sets.
import { z } from "@medusajs/framework/zod"
import { amountSchema, amountsSchema, keySchema } from "../../domain/template/definition"
import { createPersonalizationOptionSetWorkflow } from "../../workflows/option-sets/workflows/create-option-set"
import { handle } from "../standalone/handle"

const option = z.strictObject({
  value: z.string().trim().min(1).max(100),
  label: z.string().min(1).max(200),
  price_delta: amountSchema,
  price_deltas: amountsSchema.optional(),
  rank: z.int().min(0).max(10_000).optional(),
  metadata: z.record(z.string().max(100), z.unknown()).nullish(),
})
const body = z.strictObject({
  product_id: z.string().min(1).max(64),
  key: keySchema,
  title: z.string().min(1).max(200),
  required: z.boolean().optional(),
  options: z.array(option).min(1).max(200),
})

/** Saves an option set. `price_delta` in the store's default currency, `price_deltas` by currency; major units. */
export const POST = handle({ body }, async ({ scope, body }) => {
  const { result } = await createPersonalizationOptionSetWorkflow(scope).run({ input: body })
  const { id, product_id, key, title, required } = result
  return {
    status: 201,
    body: {
      option_set: {
        id,
        product_id,
        key,
        title,
        required,
        options: result.options.map((saved, index) => ({
          id: saved.id,
          value: saved.value,
          label: saved.label,
          rank: saved.rank,
          price_delta: Number(body.options[index]?.price_delta),
          metadata: saved.metadata,
        })),
      },
    },
  }
})
