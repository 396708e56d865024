// Which variant of a product a design is for.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import { invalidField, notFound } from "../../lib/errors"

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
  const [product] = await container
    .resolve(Modules.PRODUCT)
    .listProducts({ id: productId, status: "published" }, { relations: ["variants"], take: 1 })
  if (!product) {
    throw notFound("product")
  }
  if (variantId) {
    if (!product.variants.some(({ id }) => id === variantId)) {
      throw invalidField(path, "unknown_variant", "variant_id is not a variant of this product.")
    }
    return variantId
  }
  return product.variants.length === 1 ? (product.variants[0]?.id ?? null) : null
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
