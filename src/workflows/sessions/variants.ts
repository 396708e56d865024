// Which variant of a product a design is for.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import type { VariantValues } from "../../domain/selection/variant"
import type { Definition } from "../../domain/template/definition"
import { invalidField, notFound } from "../../lib/errors"
import { liveOptionSets } from "../option-sets/live-options"
import { readVariants } from "../option-sets/product-options"
import { personalization } from "../services"
import { boundInputs, defaultVariant } from "./bound-choices"

/**
 * The variants of a published product, by rank.
 * @throws AppError 404 `product_not_found`
 */
export async function sellableVariants(
  container: MedusaContainer,
  productId: string
): Promise<VariantValues[]> {
  const product = await readVariants(container, productId)
  if (!product?.published) {
    throw notFound("product")
  }
  return product.variants
}

/**
 * The variant asked for, or the only one of the product, or null when the visitor has yet to choose.
 * @param path where the caller's input named the variant, for issues.
 * @throws AppError 404 `product_not_found`, 400 `unknown_variant`.
 */
export async function chooseVariant(
  container: MedusaContainer,
  productId: string,
  variantId: string | null | undefined,
  path: Issue["path"] = ["variant_id"]
): Promise<string | null> {
  const variants = await sellableVariants(container, productId)
  if (variantId) {
    if (!variants.some(({ id }) => id === variantId)) {
      throw invalidField(path, "unknown_variant", "variant_id is not a variant of this product.")
    }
    return variantId
  }
  return variants.length === 1 ? (variants[0]?.id ?? null) : null
}

/** The variant that a template's defaults in bound option sets come to, or null. Two queries, none without defaults. */
export async function variantByDefaults(
  container: MedusaContainer,
  productId: string,
  definition: Definition
): Promise<string | null> {
  if (!definition.zones.some((zone) => zone.kind === "option" && zone.default !== undefined)) {
    return null
  }
  const records = await personalization(container).optionSets.read({ product_ids: [productId] })
  const inputs = boundInputs(definition, await liveOptionSets(container, records))
  return inputs.length > 0
    ? defaultVariant(inputs, await sellableVariants(container, productId))
    : null
}

/** @throws AppError 400 `unknown_variant` when there is no such variant of a published product. */
export async function requireSellableVariant(
  container: MedusaContainer,
  variantId: string
): Promise<void> {
  const [variant] = await container
    .resolve(Modules.PRODUCT)
    .listProductVariants({ id: variantId }, { relations: ["product"], take: 1 })
  if (variant?.product?.status !== "published") {
    throw invalidField(["item", "variant_id"], "unknown_variant", "There is no such variant.")
  }
}
