// Saves a version of a product's template, and moves the default mark when asked or when it is the first.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { Modules } from "@medusajs/framework/utils"
import type { TemplateStatus } from "../../../domain/template/lifecycle"
import { notFound } from "../../../lib/errors"
import { personalization } from "../../services"
import { parseDefinition } from "../check-definition"

export type CreateTemplateInput = {
  product_id: string
  /** From 1 to 2^31-1, unique per product for ever. */
  version: number
  definition: unknown
  /** The product's title and the version when left out. */
  name?: string | undefined
  /** `published` when left out. */
  status?: TemplateStatus | undefined
  is_default?: boolean | undefined
}

/**
 * Creates the template; `warnings` are what its designer should look at in the definition.
 * @throws AppError 404 `product_not_found`, 400 with every fault of the definition, 400 `default_must_be_published`,
 *   422 `duplicate_version`.
 */
export const createPersonalizationTemplateStep = createStep(
  "create-personalization-template",
  async (input: CreateTemplateInput, { container }) => {
    const [product] = await container
      .resolve(Modules.PRODUCT)
      .listProducts({ id: input.product_id }, { select: ["id", "title"], take: 1 })
    if (!product) {
      throw notFound("product")
    }
    const { definition, warnings } = await parseDefinition(
      container,
      input.definition,
      input.product_id
    )
    const { template, default_before } = await personalization(container).createTemplateVersion(
      {
        product_id: input.product_id,
        version: input.version,
        name: input.name ?? `${product.title} v${input.version}`,
        definition,
        status: input.status ?? "published",
      },
      input.is_default
    )
    return new StepResponse(
      { template, warnings },
      {
        id: template.id,
        product_id: template.product_id,
        default_before,
      }
    )
  },
  async (created, { container }) => {
    if (created) {
      await personalization(container).undoCreateTemplateVersion(created)
    }
  }
)
