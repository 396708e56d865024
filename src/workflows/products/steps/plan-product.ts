// The first steps of the catalog's writes: what is to be done, decided under the product's lock.
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { planNewProduct } from "../plan-create"
import { planProductUpdate } from "../plan-update"
import { findProductId } from "../product-record"
import type { CreateCatalogProductInput, UpdateCatalogProductInput } from "../types"

/** The product that Medusa's workflow is to create. Its errors are those of `planNewProduct`. */
export const planPersonalizationProductStep = createStep(
  "plan-personalization-product",
  async (input: CreateCatalogProductInput, { container }) =>
    new StepResponse(await planNewProduct(container, input))
)

/** The changes to make. Its errors are those of `planProductUpdate`. */
export const planPersonalizationProductUpdateStep = createStep(
  "plan-personalization-product-update",
  async (input: { id: string; changes: UpdateCatalogProductInput }, { container }) => {
    const plan = await planProductUpdate(container, input.id, input.changes)
    const [before] = plan.product?.images
      ? await container
          .resolve(Modules.PRODUCT)
          .listProducts({ id: input.id }, { relations: ["images"] })
      : []
    const images = before?.images.map(({ id, url }) => ({ id, url })) ?? null
    return new StepResponse(plan, { id: input.id, images })
  },
  async (before, { container }) => {
    // Medusa's own step puts back a product's fields, but not its pictures.
    if (before?.images) {
      const { id, images } = before
      await container.resolve(Modules.PRODUCT).updateProducts(id, { images })
    }
  }
)

/** Makes sure that the product is still there. @throws AppError 404 `product_not_found`. */
export const findPersonalizationProductStep = createStep(
  "find-personalization-product",
  async (input: { id: string }, { container }) =>
    new StepResponse(await findProductId(container, input.id))
)
