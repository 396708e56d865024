// Step: remove the visitor of a key, or those of a customer's visitors who have nothing left.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { removeVisitorsWithoutOrders } from "../../retention/remove-visitors"
import { personalization, production } from "../../services"
import { readVisitor, visitorsWithCarts } from "../scope"
import type { PersonKey } from "../types"

type Input = { person: PersonKey; visitor_ids: string[] }

/** The last step: until then a repeated erasure finds the visitor. A customer's browser may be somebody else's too. */
export const removePersonalizationVisitorsStep = createStep(
  "remove-personalization-visitors",
  async ({ person, visitor_ids }: Input, { container }) => {
    if ("customer_id" in person) {
      const shopping = new Set(await visitorsWithCarts(container, visitor_ids))
      const idle = visitor_ids.filter((id) => !shopping.has(id))
      const visitors = await removeVisitorsWithoutOrders(container, idle, "empty")
      return new StepResponse({ visitors })
    }
    const visitor = await readVisitor(container, person)
    if (!visitor) {
      return new StepResponse({ visitors: 0 })
    }
    await production(container).retention.removeCheckouts([visitor.id])
    const removed = await personalization(container).retention.removeVisitors([visitor.id], "any")
    return new StepResponse({ visitors: removed.length })
  }
)
