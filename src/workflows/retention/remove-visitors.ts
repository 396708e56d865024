// Removes visitors whose time is over and who have nothing left.
import type { MedusaContainer } from "@medusajs/framework/types"
import { personalization, production } from "../services"
import { eachPage } from "./pages"

/** Removes visitors that have neither sessions, designs, uploads nor orders. @returns how many */
export async function removeExpiredVisitors(container: MedusaContainer): Promise<number> {
  let visitors = 0
  await eachPage<string>(
    (after, limit) =>
      personalization(container).retention.listExpiredVisitors({ after: after ?? "", limit }),
    async (ids) => {
      visitors += await removeVisitorsWithoutOrders(container, ids, "expired")
    }
  )
  return visitors
}

/**
 * Removes those of the visitors who have nothing left.
 * @param which `expired` when their time must be over too
 * @returns how many
 */
export async function removeVisitorsWithoutOrders(
  container: MedusaContainer,
  ids: string[],
  which: "empty" | "expired"
): Promise<number> {
  const orders = production(container).retention
  const buyers = new Set(await orders.visitorsWithOrders(ids))
  const others = ids.filter((id) => !buyers.has(id))
  const removed = await personalization(container).retention.removeVisitors(others, which)
  await orders.removeCheckouts(removed)
  return removed.length
}
