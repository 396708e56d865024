// What Medusa's product options and variants say, read in one statement each: the ORM takes several and loads far more.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { VariantValues } from "../../domain/selection/variant"

/** A value that a product offers of one of its options. */
export type ProductOptionValue = {
  id: string
  product_id: string
  product_option_id: string
  value: string
  rank: number | null
  metadata: Record<string, unknown> | null
}

/**
 * The values that products offer of the options asked for: by the dashboard's rank, then as their variants are
 * ranked, then by name: Medusa keeps no order of values that come with a new product.
 */
export async function listProductOptionValues(
  container: MedusaContainer,
  pairs: { product_id: string; product_option_id: string }[]
): Promise<ProductOptionValue[]> {
  if (pairs.length === 0) {
    return []
  }
  // An option may be shared: a product offers only the values that are assigned to it.
  const { rows } = await connection(container).raw<{ rows: ProductOptionValue[] }>(
    `select value.id, assigned.product_id, value.option_id as product_option_id, value.value, value.rank, value.metadata
       from product_product_option assigned
       join product_option option on option.id = assigned.product_option_id and option.deleted_at is null
       join product_product_option_value offered
         on offered.product_product_option_id = assigned.id and offered.deleted_at is null
       join product_option_value value
         on value.id = offered.product_option_value_id and value.deleted_at is null
       left join lateral (
         select min(variant.variant_rank) as rank
           from product_variant_option chosen
           join product_variant variant on variant.id = chosen.variant_id and variant.deleted_at is null
          where chosen.option_value_id = value.id and variant.product_id = assigned.product_id
       ) first on true
      where assigned.deleted_at is null
        and (assigned.product_id, assigned.product_option_id) in (${pairs.map(() => "(?, ?)").join(", ")})
      order by assigned.product_id, option.id, value.rank nulls last, first.rank nulls last, value.created_at, value.value, value.id`,
    pairs.flatMap(({ product_id, product_option_id }) => [product_id, product_option_id])
  )
  return rows
}

/** Whether the product has the option, whatever its values. */
export async function hasProductOption(
  container: MedusaContainer,
  productId: string,
  productOptionId: string
): Promise<boolean> {
  const { rows } = await connection(container).raw<{ rows: unknown[] }>(
    `select 1 from product_product_option assigned
       join product_option option on option.id = assigned.product_option_id and option.deleted_at is null
      where assigned.product_id = ? and assigned.product_option_id = ? and assigned.deleted_at is null`,
    [productId, productOptionId]
  )
  return rows.length > 0
}

/** A product's variants by rank, with what each has of the product's options; null when there is no such product. */
export async function readVariants(
  container: MedusaContainer,
  productId: string
): Promise<VariantValues[] | null> {
  const { rows } = await connection(container).raw<{ rows: VariantRow[] }>(
    `select variant.id, value.id as value_id, value.option_id
       from product
       left join product_variant variant on variant.product_id = product.id and variant.deleted_at is null
       left join product_variant_option chosen on chosen.variant_id = variant.id
       left join product_option_value value on value.id = chosen.option_value_id and value.deleted_at is null
      where product.id = ? and product.deleted_at is null
      order by variant.variant_rank, variant.id`,
    [productId]
  )
  if (rows.length === 0) {
    return null
  }
  const variants = new Map<string, VariantValues>()
  for (const { id, option_id, value_id } of rows) {
    if (id === null) {
      continue
    }
    const variant = variants.get(id) ?? { id, values: {} }
    variants.set(id, variant)
    if (option_id !== null && value_id !== null) {
      variant.values[option_id] = value_id
    }
  }
  return [...variants.values()]
}

type VariantRow = {
  id: string | null
  value_id: string | null
  option_id: string | null
}

function connection(container: MedusaContainer) {
  return container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
}
