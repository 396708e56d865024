// Saves a version of a product's template, and moves the default mark when asked or when it is the first.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { Modules } from "@medusajs/framework/utils"
import { checkDefinition } from "../../../domain/template/check"
import { AppError, invalid, invalidField, notFound } from "../../../lib/errors"
import { personalization, rendering } from "../../services"

export type CreateTemplateInput = {
  product_id: string
  /** From 1 to 2^31-1, unique per product for ever. */
  version: number
  definition: unknown
  name?: string | undefined
  status?: "draft" | "published" | "archived" | undefined
  is_default?: boolean | undefined
}

/**
 * Creates the template.
 * @throws AppError 404 `product_not_found`, 400 with every fault of the definition, 422 `duplicate_version`.
 */
export const createPersonalizationTemplateStep = createStep(
  "create-personalization-template",
  async (input: CreateTemplateInput, { container }) => {
    const service = personalization(container)
    const [product] = await container
      .resolve(Modules.PRODUCT)
      .listProducts({ id: input.product_id }, { select: ["id", "title"], take: 1 })
    if (!product) {
      throw notFound("product")
    }
    const status = input.status ?? "published"
    if (input.is_default && status !== "published") {
      throw invalidField(
        ["is_default"],
        "default_must_be_published",
        "Only a published template can be the default."
      )
    }
    const assets = await service.listAssets({}, { select: ["key"] })
    const fonts = await rendering(container).fonts()
    const checked = checkDefinition(input.definition, {
      fonts: new Set(fonts.map((font) => font.key)),
      assets: new Set(assets.map((asset) => asset.key)),
    })
    if (!checked.success) {
      throw invalid(
        checked.issues.map((issue) => ({ ...issue, path: ["definition", ...issue.path] })),
        "invalid_definition"
      )
    }
    const [taken] = await service.listTemplates(
      { product_id: input.product_id, version: input.version },
      { withDeleted: true, take: 1 }
    )
    if (taken) {
      throw new AppError(
        "duplicate_error",
        "duplicate_version",
        `Version ${input.version} of this product's template exists already.`
      )
    }
    const [before] = await service.listTemplates(
      { product_id: input.product_id, is_default: true },
      { take: 1 }
    )
    const template = await service.createTemplateVersion(
      {
        product_id: input.product_id,
        version: input.version,
        name: input.name ?? `${product.title} v${input.version}`,
        definition: checked.value,
        status,
      },
      input.is_default ?? false
    )
    return new StepResponse(template, {
      id: template.id,
      product_id: input.product_id,
      default_before: before?.id ?? null,
    })
  },
  async (created, { container }) => {
    if (created) {
      const service = personalization(container)
      await service.deleteTemplates(created.id)
      await service.moveDefaultTemplate({
        product_id: created.product_id,
        template_id: created.default_before,
      })
    }
  }
)
