// Saving versions of templates.
import { z } from "@medusajs/framework/zod"
import { createPersonalizationTemplateWorkflow } from "../../workflows/templates/workflows/create-template"
import { handle } from "../standalone/handle"
import { templateView } from "./view"

const body = z.strictObject({
  product_id: z.string().min(1).max(64),
  version: z.int().min(1).max(2_147_483_647),
  definition: z.unknown(),
  name: z.string().min(1).max(200).optional(),
  status: z.enum(["draft", "published", "archived"]).optional(),
  is_default: z.boolean().optional(),
})

/** Saves a version of a product's template. 400 with every fault of the definition, 404, 422. */
export const POST = handle({ body }, async ({ scope, body }) => {
  const { result } = await createPersonalizationTemplateWorkflow(scope).run({ input: body })
  return { status: 201, body: { template: templateView(result) } }
})
