// Anonymises every order that is due, and every design whose removal was asked for.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { DesignRef } from "../../modules/personalization/retention-store"
import { errorText } from "../orders/error-text"
import { personalization, production } from "../services"
import { anonymizeOrder, anonymizeRequestedDesigns } from "./anonymize"
import { sumCounts, type RemovalCounts } from "./counts"
import { eachPage } from "./pages"

/** Works on all of them; one that fails is logged and tried again by the next run. */
export async function anonymizeOrders(container: MedusaContainer): Promise<RemovalCounts> {
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const { options, retention } = personalization(container)
  const days = options.privacy.order_design_retention_days
  let total = sumCounts()
  const attempt = async (what: string, work: () => Promise<{ counts: Partial<RemovalCounts> }>) => {
    try {
      total = sumCounts(total, (await work()).counts)
    } catch (error) {
      logger.error(`personalization: ${what} could not be anonymised: ${errorText(error)}`)
    }
  }
  await eachPage<DesignRef>(
    (after, limit) => retention.listErasureRequests({ after: after?.id ?? "", limit }),
    async (designs) => {
      for (const { id } of designs) {
        await attempt(`design ${id}`, () => anonymizeRequestedDesigns(container, [id]))
      }
    }
  )
  await eachPage<string>(
    (after, limit) => production(container).retention.listDue(days, { after: after ?? "", limit }),
    async (orders) => {
      for (const id of orders) {
        await attempt(`order ${id}`, () => anonymizeOrder(container, id))
      }
    }
  )
  return total
}
