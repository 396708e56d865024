// Handles and SKUs that another product has.
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import { AppError } from "../../lib/errors"

/** What must be unique in a write. `skus` as in the body's `variants`. */
export type UniqueNames = {
  product_id?: string | undefined
  handle?: string | undefined
  skus: { sku: string; index: number; variant_id?: string }[]
}

/** @throws AppError 422 `duplicate_handle` or `duplicate_sku`, with the place of every duplicate. */
export async function refuseDuplicates(
  container: MedusaContainer,
  names: UniqueNames
): Promise<void> {
  const service = container.resolve(Modules.PRODUCT)
  const [products, variants] = await Promise.all([
    names.handle ? service.listProducts({ handle: names.handle }, { select: ["id"] }) : [],
    names.skus.length > 0
      ? service.listProductVariants(
          { sku: names.skus.map(({ sku }) => sku) },
          { select: ["id", "sku"], take: names.skus.length }
        )
      : [],
  ])
  const issues: Issue[] = names.skus
    .filter(({ sku, variant_id }) => variants.some((v) => v.sku === sku && v.id !== variant_id))
    .map(({ sku, index }) => ({
      path: ["variants", index, "sku"],
      code: "duplicate_sku",
      message: `variants.${index}.sku: another variant has the SKU ${sku}.`,
      params: { sku },
    }))
  if (products.some(({ id }) => id !== names.product_id)) {
    const message = `handle: another product has the handle ${names.handle}.`
    issues.unshift({
      path: ["handle"],
      code: "duplicate_handle",
      message,
      params: { handle: names.handle },
    })
  }
  if (issues[0]) {
    throw duplicate(issues[0].code, issues[0].message, issues)
  }
}

/**
 * The error of a write that lost a race for a handle or a SKU: the database refused it, and Medusa says so in words
 * only. Any other error comes back as it is.
 */
export function duplicateOf(error: unknown): unknown {
  const { message = "" } = error as { message?: string }
  const key = /^\w[\w ]* with (handle|sku): .*already exists\.$/.exec(message)?.[1]
  if (key === "handle") {
    return duplicate("duplicate_handle", "handle: another product has it.", [
      { path: ["handle"], code: "duplicate_handle", message: "handle: another product has it." },
    ])
  }
  if (key === "sku") {
    const text = "variants: another variant has one of the SKUs."
    return duplicate("duplicate_sku", text, [
      { path: ["variants"], code: "duplicate_sku", message: text },
    ])
  }
  return error
}

function duplicate(code: string, message: string, issues: Issue[]): AppError {
  return new AppError("duplicate_error", code, message, { issues })
}
