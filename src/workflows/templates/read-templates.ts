// Reads templates for the standalone door: all of them, or what anybody may see.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { TemplateStatus } from "../../domain/template/lifecycle"
import type { TemplateRow } from "../../modules/personalization/service"
import { listSlots } from "../catalog/slots"
import { readOwnChannels, visible } from "../catalog/visible"

/** What a reader without a key sees of the templates: published versions of the products that the door shows. */
const PUBLIC = `t.status = 'published' and exists (
  select 1 from product p where p.id = t.product_id and ${visible(":channels")})`

export type TemplateFilter = {
  product_id?: string | undefined
  status?: TemplateStatus | undefined
  limit: number
  offset: number
  /** Leaves out all that a reader without a key may not see. */
  public_only: boolean
}

/**
 * A page of the undeleted templates, by product and version, and how many there are in all.
 * @throws AppError 503 `catalog_busy` when too many lists wait
 */
export function listTemplates(
  container: MedusaContainer,
  filter: TemplateFilter
): Promise<{ templates: TemplateRow[]; count: number }> {
  const slots = filter.public_only ? listSlots.visitors : listSlots.managers
  return slots.run(() => readPage(container, filter))
}

async function readPage(
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
    ...(public_only ? { channels: await readOwnChannels(container) } : {}),
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
      { id, channels: await readOwnChannels(container) }
    )
  const [row] = rows
  if (!row) {
    return null
  }
  const { is_public, ...template } = row
  return { template, is_public }
}
