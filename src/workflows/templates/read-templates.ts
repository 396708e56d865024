// Reads templates for the standalone door: all of them, or what anybody may see.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { TemplateStatus } from "../../domain/template/lifecycle"
import type { TemplateRow } from "../../modules/personalization/service"

/** What a reader without a key sees of the templates: published versions of published products. */
const PUBLIC = `t.status = 'published' and exists (
  select 1 from product p where p.id = t.product_id and p.status = 'published' and p.deleted_at is null)`

export type TemplateFilter = {
  product_id?: string | undefined
  status?: TemplateStatus | undefined
  limit: number
  offset: number
  /** Leaves out all that a reader without a key may not see. */
  public_only: boolean
}

/** A page of the undeleted templates, by product and version, and how many there are in all. */
export async function listTemplates(
  container: MedusaContainer,
  { product_id, status, limit, offset, public_only }: TemplateFilter
): Promise<{ templates: TemplateRow[]; count: number }> {
  const connection = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const conditions = [
    "t.deleted_at is null",
    ...(product_id === undefined ? [] : ["t.product_id = :product_id"]),
    ...(status === undefined ? [] : ["t.status = :status"]),
    ...(public_only ? [PUBLIC] : []),
  ].join(" and ")
  const bindings = {
    limit,
    offset,
    ...(product_id === undefined ? {} : { product_id }),
    ...(status === undefined ? {} : { status }),
  }
  const [page, total] = await Promise.all([
    connection.raw<{ rows: TemplateRow[] }>(
      `select t.* from personalization_template t where ${conditions}
        order by t.product_id, t.version limit :limit offset :offset`,
      bindings
    ),
    connection.raw<{ rows: { count: string }[] }>(
      `select count(*) as count from personalization_template t where ${conditions}`,
      bindings
    ),
  ])
  return { templates: page.rows, count: Number(total.rows[0]?.count ?? 0) }
}

/** An undeleted template, and whether anybody may see it; null when there is none. */
export async function findTemplate(
  container: MedusaContainer,
  id: string
): Promise<{ template: TemplateRow; is_public: boolean } | null> {
  const { rows } = await container
    .resolve(ContainerRegistrationKeys.PG_CONNECTION)
    .raw<{ rows: (TemplateRow & { is_public: boolean })[] }>(
      `select t.*, (${PUBLIC}) as is_public from personalization_template t
        where t.id = :id and t.deleted_at is null`,
      { id }
    )
  const [row] = rows
  if (!row) {
    return null
  }
  const { is_public, ...template } = row
  return { template, is_public }
}
