// Which lines of carts and items of orders refer to designs, read in Medusa's tables.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { DesignRef } from "../../modules/personalization/retention-store"
import { select } from "../catalog/sql"
import { DESIGN_METADATA_KEY } from "../designs/freeze-design"
import { personalization } from "../services"

/** A line of a cart that is not ordered yet. */
export type CartLine = {
  id: string
  cart_id: string
  design_id: string
  /** Milliseconds since the epoch. */
  updated_ms: number
}
export type OrderReference = { order_id: string; design_id: string }

const DESIGN = `l.metadata->>'${DESIGN_METADATA_KEY}'`
/** Only the variant has an index in Medusa's tables; a line has its design's. */
const NAMES_ONE = `l.variant_id = any(?) and l.deleted_at is null and ${DESIGN} = any(?)`
const CART_LINES = `cart_line_item l join cart c on c.id = l.cart_id and c.deleted_at is null`
const ORDER_ITEMS = `order_line_item l join order_item i on i.item_id = l.id and i.deleted_at is null`

/**
 * Those of the designs that nothing refers to and nothing will: no line of a cart, no item of an order, and none that is on
 * its way into a cart.
 */
export async function freeDesigns<D extends DesignRef>(
  container: MedusaContainer,
  designs: D[]
): Promise<D[]> {
  const retired = await personalization(container).retention.retireDesigns(
    designs.map(({ id }) => id)
  )
  // Not before: a line that is on its way now may have arrived when it is looked for.
  const still = designs.filter(({ id }) => retired.includes(id))
  const referred = await referredDesigns(container, still)
  return still.filter(({ id }) => !referred.has(id))
}

/** Those of the designs that a line of any cart, or an item of any order, refers to. One query. */
async function referredDesigns(
  container: MedusaContainer,
  designs: DesignRef[]
): Promise<Set<string>> {
  if (designs.length === 0) {
    return new Set()
  }
  const rows = await select<{ design_id: string }>(
    container,
    `select ${DESIGN} as design_id from ${CART_LINES} where ${NAMES_ONE}
     union select ${DESIGN} from ${ORDER_ITEMS} where ${NAMES_ONE}`,
    [...names(designs), ...names(designs)]
  )
  return new Set(rows.map(({ design_id }) => design_id))
}

/** The lines of open carts that refer to designs. */
export async function openCartLines(
  container: MedusaContainer,
  designs: DesignRef[]
): Promise<CartLine[]> {
  if (designs.length === 0) {
    return []
  }
  return select<CartLine>(
    container,
    `select l.id, l.cart_id, ${DESIGN} as design_id, extract(epoch from l.updated_at)::float8 * 1000 as updated_ms
       from ${CART_LINES} where c.completed_at is null and ${NAMES_ONE} order by l.cart_id, l.id`,
    names(designs)
  )
}

/** The orders that refer to designs. */
export async function ordersOfDesigns(
  container: MedusaContainer,
  designs: DesignRef[]
): Promise<OrderReference[]> {
  if (designs.length === 0) {
    return []
  }
  return select<OrderReference>(
    container,
    `select distinct i.order_id, ${DESIGN} as design_id from ${ORDER_ITEMS} where ${NAMES_ONE}`,
    names(designs)
  )
}

/** The designs that orders refer to and that were taken for their carts: what was named by hand is somebody else's. */
export async function designsOfOrders(
  container: MedusaContainer,
  orderIds: string[]
): Promise<OrderReference[]> {
  return select<OrderReference>(
    container,
    `select distinct i.order_id, h.design_id from ${ORDER_ITEMS}
       join order_cart oc on oc.order_id = i.order_id and oc.deleted_at is null
       join personalization_design_cart h on h.cart_id = oc.cart_id and h.design_id = ${DESIGN}
      where i.order_id = any(?)`,
    [orderIds]
  )
}

function names(designs: DesignRef[]): [string[], string[]] {
  return [[...new Set(designs.map(({ variant_id }) => variant_id))], designs.map(({ id }) => id)]
}
