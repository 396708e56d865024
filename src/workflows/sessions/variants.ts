// Which variant of a product a design is for.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { VariantValues } from "../../domain/selection/variant"
import type { Definition } from "../../domain/template/definition"
import { invalidField, notFound } from "../../lib/errors"
import { isVisible, isVisibleVariant } from "../catalog/visible"
import { liveOptionSets } from "../option-sets/live-options"
import { readVariants } from "../option-sets/product-options"
import { personalization } from "../services"
import { boundInputs, defaultVariant } from "./bound-choices"

/** Where a cart's input names the variant. */
export const CART_VARIANT_PATH = ["item", "variant_id"]

/** The variants of a product that the catalog shows, by rank. @throws AppError 404 `product_not_found` */
async function sellableVariants(
  container: MedusaContainer,
  productId: string
): Promise<VariantValues[]> {
  const [variants, shown] = await Promise.all([
    readVariants(container, productId),
    isVisible(container, productId),
  ])
  if (!variants || !shown) {
    throw notFound("product")
  }
  return variants
}

/**
 * The variant asked for, or the only one of the product, or null when the visitor has yet to choose.
 * @throws AppError 404 `product_not_found`, 400 `unknown_variant`.
 */
export async function chooseVariant(
  container: MedusaContainer,
  productId: string,
  variantId: string | null | undefined
): Promise<string | null> {
  return choose(await sellableVariants(container, productId), variantId, ["variant_id"])
}

/**
 * As `chooseVariant`, for putting a design into the cart.
 * @throws AppError 400 `unknown_variant`, also when the catalog does not show the product any more.
 */
export function chooseVariantToBuy(
  { shown, variants }: { shown: boolean; variants: VariantValues[] },
  variantId: string | null | undefined
): string | null {
  if (!shown) {
    throw invalidField(CART_VARIANT_PATH, "unknown_variant", "The product is not sold any more.")
  }
  return choose(variants, variantId, CART_VARIANT_PATH)
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

/** @throws AppError 400 `unknown_variant` when there is no such variant of a product that the catalog shows. */
export async function requireSellableVariant(
  container: MedusaContainer,
  variantId: string
): Promise<void> {
  if (!(await isVisibleVariant(container, variantId))) {
    throw invalidField(CART_VARIANT_PATH, "unknown_variant", "There is no such variant.")
  }
}

function choose(
  variants: VariantValues[],
  variantId: string | null | undefined,
  path: string[]
): string | null {
  if (variantId) {
    if (!variants.some(({ id }) => id === variantId)) {
      throw invalidField(path, "unknown_variant", "variant_id is not a variant of this product.")
    }
    return variantId
  }
  return variants.length === 1 ? (variants[0]?.id ?? null) : null
}
