// Step: anonymise a person's orders that are over, and mark the others.
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { OrderOwner } from "../../../modules/personalization_production/retention-store"
import {
  anonymizeOrder,
  anonymizeRequestedDesigns,
  type KeptReason,
} from "../../retention/anonymize"
import { sumCounts, type RemovalCounts } from "../../retention/counts"
import { ordersOfDesigns } from "../../retention/references"
import { personalization, production } from "../../services"
import { readScope, type PersonScope } from "../scope"
import type { Erasure, PersonKey } from "../types"

type ErasedOrders = { erased: RemovalCounts; kept: Erasure["kept"] }

/** Marks come first: what has to stay now, the hourly job finds by them. Nothing of it can be taken back. */
export const erasePersonalizationOrdersStep = createStep(
  "erase-personalization-orders",
  async (person: PersonKey, { container }) =>
    new StepResponse(await eraseOrders(container, person, await readScope(container, person)))
)

async function eraseOrders(
  container: MedusaContainer,
  person: PersonKey,
  scope: PersonScope
): Promise<ErasedOrders> {
  const owner: OrderOwner | null =
    "customer_id" in person ? person : scope.visitor && { visitor_id: scope.visitor.id }
  const orders = owner ? await production(container).retention.requestErasure(owner) : []
  const references = await ordersOfDesigns(container, scope.designs)
  const sold = [...new Set(references.map(({ design_id }) => design_id))]
  await personalization(container).retention.requestErasure(sold)
  const { kept, counts } = await anonymizeRequestedDesigns(container, sold)
  let erased = counts
  const ends = new Map(
    (await production(container).retention.listEnds(orders, 0)).map((end) => [end.order_id, end])
  )
  for (const order_id of orders) {
    const after: { kept: KeptReason | null } = ends.get(order_id)?.over
      ? await anonymizeOrder(container, order_id).then((done) => {
          erased = sumCounts(erased, done.counts)
          return done
        })
      : { kept: "order_in_progress" }
    if (after.kept) {
      kept.set(order_id, after.kept)
    }
  }
  return {
    erased,
    kept: [...kept].map(([order_id, reason]) => ({ order_id, reason })),
  }
}
