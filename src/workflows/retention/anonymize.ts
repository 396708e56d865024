// Parts orders and their designs from the person who ordered: what was sold and its price stay, for the books.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { DesignRow } from "../../modules/personalization/service"
import { personalization, production, rendering, webhooks } from "../services"
import { sumCounts, type RemovalCounts } from "./counts"
import { keptValues } from "./kept-values"
import { designsOfOrders, freeDesigns, openCartLines, ordersOfDesigns } from "./references"
import { removeCartLines } from "./remove-cart-lines"
import { removeFilesForGood } from "./remove-files"
import { removePreviews, removeRenders } from "./remove-renders"

/** Why something of an order has to stay for now. */
export type KeptReason =
  /** It is not delivered or canceled yet. */
  | "order_in_progress"
  /** An event of it is being sent at this moment. */
  | "delivery_in_progress"
  /** Another order that is not over, or a line of an open cart, has the same design. */
  | "design_in_use"
export type Anonymized = { kept: KeptReason | null; counts: Partial<RemovalCounts> }

const DAY_MS = 86_400_000

/**
 * Parts an order that is due from its person: events, answers, designs, previews, print files and the record itself. It may be
 * repeated after a crash at any point.
 */
export async function anonymizeOrder(
  container: MedusaContainer,
  orderId: string
): Promise<Anonymized> {
  const scrubbed = await webhooks(container).retention.scrubOrder(orderId)
  if (!scrubbed.done) {
    return { kept: "delivery_in_progress", counts: {} }
  }
  const references = await designsOfOrders(container, [orderId])
  const parted = await partDesigns(
    container,
    references.map(({ design_id }) => design_id),
    "due"
  )
  const counts = sumCounts(parted.counts, {
    webhook_bodies: scrubbed.bodies,
    webhook_responses: scrubbed.responses,
  })
  if (parted.needed.size > 0) {
    return { kept: "design_in_use", counts }
  }
  const jobs = await rendering(container).retention.listJobs({ order_id: orderId })
  const renders = await removeRenders(container, jobs)
  await production(container).retention.markAnonymized(orderId)
  return { kept: null, counts: sumCounts(counts, renders, { anonymized_orders: 1 }) }
}

/**
 * Anonymises designs whose removal was asked for, once all their orders are over, with what events said of them; those
 * that no order has are removed. The orders themselves are left to `anonymizeOrder`.
 * @returns the orders that still need one, by why
 */
export async function anonymizeRequestedDesigns(
  container: MedusaContainer,
  designIds: string[]
): Promise<{ kept: Map<string, KeptReason>; counts: RemovalCounts }> {
  const kept = new Map<string, KeptReason>()
  const designs = await listIdentified(container, designIds)
  const references = await ordersOfDesigns(container, designs)
  const ends = await orderEnds(
    container,
    references.map(({ order_id }) => order_id)
  )
  let counts = sumCounts()
  for (const order_id of new Set(references.map((reference) => reference.order_id))) {
    const scrubbed = ends.get(order_id)?.over
      ? await webhooks(container).retention.scrubOrder(order_id)
      : null
    if (!scrubbed?.done) {
      kept.set(order_id, scrubbed ? "delivery_in_progress" : "order_in_progress")
      continue
    }
    counts = sumCounts(counts, {
      webhook_bodies: scrubbed.bodies,
      webhook_responses: scrubbed.responses,
    })
  }
  const waiting = new Set(
    references.filter(({ order_id }) => kept.has(order_id)).map(({ design_id }) => design_id)
  )
  const ordered = new Set(references.map(({ design_id }) => design_id))
  const ready = designs.map(({ id }) => id).filter((id) => ordered.has(id) && !waiting.has(id))
  const parted = await partDesigns(container, ready, "over")
  const removed = await removeUnordered(
    container,
    designs.filter(({ id }) => !ordered.has(id))
  )
  return { kept, counts: sumCounts(counts, parted.counts, removed) }
}

/** Removes designs that no order had, with their lines in open carts. What was ordered or set out meanwhile waits. */
async function removeUnordered(
  container: MedusaContainer,
  designs: DesignRow[]
): Promise<RemovalCounts> {
  const { retention } = personalization(container)
  const cart_lines = await removeCartLines(container, await openCartLines(container, designs))
  const free = await freeDesigns(container, designs)
  const { file_ids, ...removed } = await retention.removeStrayDesigns(free.map(({ id }) => id))
  const previews = await removePreviews(
    container,
    free.flatMap(({ preview_hash }) => preview_hash ?? [])
  )
  const files = await removeFilesForGood(container, file_ids)
  return sumCounts(removed, previews, { cart_lines, files })
}

/** Anonymises those of the designs that nobody needs any more. @returns the others as `needed` */
async function partDesigns(
  container: MedusaContainer,
  designIds: string[],
  when: "due" | "over"
): Promise<{ needed: Set<string>; counts: RemovalCounts }> {
  const service = personalization(container)
  const designs = await listIdentified(container, designIds)
  // Before it is asked who needs them: a line that is on its way now may have arrived when it is looked for.
  const retired = await service.retention.retireDesigns(designs.map(({ id }) => id))
  const { needed, cart_lines } = await whoNeeds(container, designs, when)
  for (const { id } of designs.filter((design) => !retired.includes(design.id))) {
    needed.add(id)
  }
  const { preview_hashes, uploads, file_ids, ...done } = await service.retention.anonymizeDesigns(
    designs
      .filter(({ id }) => !needed.has(id))
      .map(({ id, options, template_snapshot }) => ({
        id,
        options: keptValues(template_snapshot, options),
      }))
  )
  const previews = await removePreviews(container, preview_hashes)
  const files = await removeFilesForGood(container, file_ids)
  return {
    needed,
    counts: sumCounts(previews, {
      ...{ cart_lines, uploads, files },
      anonymized_designs: done.designs,
    }),
  }
}

/**
 * The designs that something still needs: an order that is not so far, or the line of an open cart. A line that was left in
 * its cart for longer than designs are kept at all, or whose visitor asked for its removal, is taken out instead: it would
 * be bought without its texts.
 */
async function whoNeeds(
  container: MedusaContainer,
  designs: DesignRow[],
  when: "due" | "over"
): Promise<{ needed: Set<string>; cart_lines: number }> {
  const { privacy, session } = personalization(container).options
  const kept_ms = Math.max(privacy.order_design_retention_days * DAY_MS, session.ttl_seconds * 1000)
  const lines = await openCartLines(container, designs)
  const asked = new Set(
    designs.flatMap(({ id, erase_requested_at }) => (erase_requested_at ? [id] : []))
  )
  const forgotten = lines.filter(
    ({ design_id, updated_ms }) => asked.has(design_id) || updated_ms < Date.now() - kept_ms
  )
  const cart_lines = await removeCartLines(container, forgotten)
  const references = await ordersOfDesigns(container, designs)
  const ends = await orderEnds(
    container,
    references.map(({ order_id }) => order_id)
  )
  const waiting = references.filter(({ order_id }) => !ends.get(order_id)?.[when])
  const wanted = lines.filter((line) => !forgotten.includes(line))
  const needed = new Set([...waiting, ...wanted].map(({ design_id }) => design_id))
  return { needed, cart_lines }
}

async function orderEnds(container: MedusaContainer, orderIds: string[]) {
  const { order_design_retention_days } = personalization(container).options.privacy
  const ends = await production(container).retention.listEnds(orderIds, order_design_retention_days)
  return new Map(ends.map((end) => [end.order_id, end]))
}

/** Those of the designs that still hold their visitor's values. */
async function listIdentified(container: MedusaContainer, ids: string[]): Promise<DesignRow[]> {
  return ids.length > 0
    ? personalization(container).listDesigns({ id: ids, anonymized_at: null })
    : []
}
