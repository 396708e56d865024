// The design that a new session begins with: one's own session, a line of one's cart, or an item of one's order.
import type { MedusaContainer } from "@medusajs/framework/types"
import { invalidField, notFound } from "../../lib/errors"
import type { SessionOwner, SessionRow } from "../../modules/personalization/service"
import type { PriceContext } from "../catalog/region"
import { select } from "../catalog/sql"
import { DESIGN_METADATA_KEY } from "../designs/freeze-design"
import { personalization } from "../services"
import { retrieveOwnSession } from "./context"

/** Names the design; one of the three. */
export type SourceName = {
  session_id?: string | undefined
  item_id?: string | undefined
  order_item_id?: string | undefined
}

/** A design to copy, with the region that it was priced in. */
export type Source = Pick<
  SessionRow,
  "product_id" | "variant_id" | "template_id" | "options" | "visitor_id"
> &
  PriceContext

type Line = { design_id: string | null; region_id: string | null; currency_code: string }

/** Medusa's own routes take any metadata: a line may name a design that we did not put into its cart. */
const held = (cart: string) =>
  `personalization_design_cart h on h.design_id = l.metadata->>'${DESIGN_METADATA_KEY}' and h.cart_id = ${cart}`

/** The caller's visitor, by the hash of their key. */
const VISITOR = `from personalization_visitor v
                  where v.key_hash = ? and v.expires_at > now() and v.deleted_at is null`

/**
 * Finds the design.
 * @throws AppError 404 `session_not_found`, `cart_item_not_found` or `order_item_not_found`, whether it is unknown or somebody
 *   else's; 400 `not_personalized` for a plain line
 */
export async function findSource(
  container: MedusaContainer,
  name: SourceName,
  owner: SessionOwner
): Promise<Source> {
  if (name.session_id !== undefined) {
    return retrieveOwnSession(container, name.session_id, owner)
  }
  return name.item_id !== undefined
    ? frozen(container, await cartLine(container, name.item_id, owner), "item_id")
    : frozen(
        container,
        await orderLine(container, name.order_item_id ?? "", owner),
        "order_item_id"
      )
}

/** A line of a cart of one's own. */
function cartLine(container: MedusaContainer, id: string, owner: SessionOwner): Promise<Line> {
  return ownLine(
    container,
    "cart_item",
    `select h.design_id, c.region_id, c.currency_code
       from cart_line_item l
       join cart c on c.id = l.cart_id and c.deleted_at is null
       left join ${held("c.id")}
      where l.id = ? and l.deleted_at is null
        and (c.id = (select v.cart_id ${VISITOR}) or c.customer_id = ?)`,
    id,
    owner
  )
}

/** An item of an order of one's own. */
function orderLine(container: MedusaContainer, id: string, owner: SessionOwner): Promise<Line> {
  return ownLine(
    container,
    "order_item",
    `select h.design_id, o.region_id, o.currency_code
       from order_line_item l
       join order_item i on i.item_id = l.id and i.deleted_at is null
       join "order" o on o.id = i.order_id and o.deleted_at is null
       left join personalization_production_order p on p.order_id = o.id and p.deleted_at is null
       left join order_cart oc on oc.order_id = o.id and oc.deleted_at is null
       left join ${held("oc.cart_id")}
      where l.id = ? and (p.visitor_id = (select v.id ${VISITOR}) or o.customer_id = ?)
      limit 1`,
    id,
    owner
  )
}

async function ownLine(
  container: MedusaContainer,
  kind: string,
  sql: string,
  id: string,
  { key_hash, customer_id }: SessionOwner
): Promise<Line> {
  const [line] = await select<Line>(container, sql, [id, key_hash ?? "", customer_id ?? ""])
  if (!line) {
    throw notFound(kind)
  }
  return line
}

async function frozen(
  container: MedusaContainer,
  { design_id, region_id, currency_code }: Line,
  field: string
): Promise<Source> {
  const [design] = design_id
    ? await personalization(container).listDesigns({ id: design_id }, { take: 1 })
    : []
  if (!design) {
    throw invalidField(["from", field], "not_personalized", `from.${field} is not a design.`)
  }
  const { product_id, variant_id, template_id, options } = design
  return {
    ...{ product_id, variant_id, template_id, options },
    // The design of an order may have been parted from its visitor; its pictures are gone then.
    visitor_id: design.visitor_id ?? "",
    region_id: region_id ?? "",
    currency_code,
  }
}
