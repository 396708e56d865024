// Workflow: remove what is stored of a person.
import type { MedusaContainer } from "@medusajs/framework/types"
import { createWorkflow, transform, WorkflowResponse } from "@medusajs/framework/workflows-sdk"
import { sumCounts } from "../../retention/counts"
import { personKey } from "../scope"
import { emptyPersonalizationCartsStep } from "../steps/empty-carts"
import { erasePersonalizationOrdersStep } from "../steps/erase-orders"
import { erasePersonalizationSessionsStep } from "../steps/erase-sessions"
import { expirePersonalizationVisitorStep } from "../steps/expire-visitor"
import { removePersonalizationVisitorsStep } from "../steps/remove-visitors"
import type { Erasure, Person, PersonKey } from "../types"

/**
 * Removes a person's sessions, uploads, previews, designs and cart lines of these, takes them out of orders that are over
 * and of what was sent about these, and ends the visitor's key. What an order still needs stays until it is over, and is
 * marked; `kept` names these orders. So is a design that is on its way into a cart at this moment: the hourly job takes it.
 *
 * It may be repeated; after a failure it must be, and goes on where it was. A person that nobody knows gives the same answer
 * with zeros. Input: `personKey` of the person, which holds no key.
 * @throws AppError 503 `cart_busy`
 */
export const erasePersonalizationDataWorkflow = createWorkflow(
  "erase-personalization-data",
  (person: PersonKey) => {
    expirePersonalizationVisitorStep(person)
    const carts = emptyPersonalizationCartsStep(person)
    const orders = erasePersonalizationOrdersStep(person)
    const sessions = erasePersonalizationSessionsStep(person)
    const visitors = removePersonalizationVisitorsStep(
      transform({ person, sessions }, ({ person, sessions }) => ({
        person,
        visitor_ids: sessions.visitor_ids,
      }))
    )
    return new WorkflowResponse(
      transform({ carts, orders, sessions, visitors }, (done): Erasure => {
        const { rate_limits: _, ...erased } = sumCounts(
          done.carts,
          done.orders.erased,
          done.sessions.erased,
          done.visitors
        )
        return { erased, kept: done.orders.kept }
      })
    )
  }
)

/** Runs `erasePersonalizationDataWorkflow` for a customer, or for whoever holds a visitor's key. */
export async function erasePersonalData(
  container: MedusaContainer,
  person: Person
): Promise<Erasure> {
  const { result } = await erasePersonalizationDataWorkflow(container).run({
    input: personKey(person),
  })
  return result
}
