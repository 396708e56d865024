// The net under the subscribers. It compares what is there now, so no event and no clock is needed to find a gap.
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { DESIGN_METADATA_KEY } from "../designs/freeze-design"
import { errorText } from "./error-text"
import { CHECKOUT_KEY } from "./order-record"
import { syncPersonalizationOrderWorkflow } from "./workflows/sync-order"

/** The most orders that one run works on; the next run takes the rest. */
const BATCH = 100

/**
 * Syncs every order that shows a gap; one that fails is logged and tried again by the next run.
 * @returns how many were worked on.
 */
export async function reconcilePersonalizationOrders(container: MedusaContainer): Promise<number> {
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const ids = await findGaps(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  for (const order_id of ids) {
    await syncPersonalizationOrderWorkflow(container)
      .run({ input: { order_id } })
      .catch((error: unknown) => {
        logger.error(
          `personalization: order ${order_id} could not be reconciled: ${errorText(error)}`
        )
      })
  }
  return ids.length
}

async function findGaps(knex: Knex): Promise<string[]> {
  const missing: { rows: { id: string }[] } = await knex.raw(
    `select o.id from "order" o
      where o.deleted_at is null and o.is_draft_order = false
        and not exists (select 1 from personalization_production_order p where p.order_id = o.id)
        and (jsonb_exists(o.metadata, ?) or exists (
          select 1 from order_item i join order_line_item l on l.id = i.item_id
           where i.order_id = o.id and i.deleted_at is null and jsonb_exists(l.metadata, ?)))
      order by o.created_at desc limit ?`,
    [CHECKOUT_KEY, DESIGN_METADATA_KEY, BATCH]
  )
  const behind: { rows: { id: string }[] } = await knex.raw(
    `select p.order_id as id from personalization_production_order p
       join "order" o on o.id = p.order_id
      where p.deleted_at is null and (
        (p.status = 'created' and exists (
          select 1 from order_payment_collection link
            join payment_collection c on c.id = link.payment_collection_id
           where link.order_id = o.id and link.deleted_at is null and c.status = 'completed'))
        or (o.status = 'canceled' and p.status in ('created', 'paid', 'in_production')))
      limit ?`,
    [BATCH]
  )
  return [...new Set([...missing.rows, ...behind.rows].map(({ id }) => id))]
}
