// Designs on their way into carts. What is taken for a cart is not removed meanwhile, and is sold in that cart only.
import type { InferTypeOf } from "@medusajs/framework/types"
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { conflict, notFound } from "../../lib/errors"
import { IDS } from "../../lib/sql-list"
import type { Design } from "./models/design"
import { lockVisitors } from "./removal"

type Row = InferTypeOf<typeof Design>

/** A design to freeze. It may name uploads of its visitor. */
export type NewDesign = Omit<
  Row,
  | "id"
  | "retired_at"
  | "erase_requested_at"
  | "anonymized_at"
  | "created_at"
  | "updated_at"
  | "deleted_at"
> & { visitor_id: string; session_id: string }
/** A design in a cart. */
export type CartDesign = { id: string; cart_id: string }
/** A design that was taken for a cart: whether it was written for it, and whether the cart did not have it before. */
export type HeldDesign = CartDesign & { created: boolean; new_in_cart: boolean }

const COLUMNS = [
  "hash",
  "visitor_id",
  "session_id",
  "product_id",
  "variant_id",
  "template_id",
  "template_version",
  "template_snapshot",
  "options",
  "surcharges",
  "currency_code",
  "base_price",
  "unit_price",
  "preview_hash",
] as const satisfies readonly (keyof NewDesign)[]
/** How long one is on its way at most: no cart workflow takes that long, and one that died over it must not keep it so. */
const LONGEST_WAY = "interval '10 minutes'"
const JSON_COLUMNS: ReadonlySet<string> = new Set(["template_snapshot", "options", "surcharges"])

/**
 * Takes a design for a cart: the visitor's equal one, or this one, which is written then. Its session is kept for as long
 * as one that is changed.
 * @throws AppError 404 `session_not_found` when the session went meanwhile; 409 `stale_revision` when an
 *   upload did
 */
export async function holdDesign(
  manager: SqlEntityManager,
  design: NewDesign,
  { cart_id, upload_ids, expires_at }: { cart_id: string; upload_ids: string[]; expires_at: Date }
): Promise<HeldDesign> {
  // A removal retires designs under the same lock: it comes before, and this one is not taken, or it finds it on its way.
  await lockVisitors(manager, [design.visitor_id])
  const sessions = await manager.execute<{ id: string }[]>(
    `update personalization_session set expires_at = greatest(expires_at, ?), updated_at = now()
      where id = ? and visitor_id = ? and deleted_at is null and expires_at > clock_timestamp()
      returning id`,
    [expires_at, design.session_id, design.visitor_id]
  )
  if (sessions.length === 0) {
    throw notFound("session")
  }
  if (!(await uploadsAreThere(manager, design.visitor_id, upload_ids))) {
    throw conflict("stale_revision", "The session was changed by another request; read it again.")
  }
  const [known] = await manager.execute<{ id: string }[]>(
    `select id from personalization_design
      where hash = ? and visitor_id = ? and retired_at is null and erase_requested_at is null and anonymized_at is null
        and deleted_at is null
      order by id limit 1`,
    [design.hash, design.visitor_id]
  )
  const id = known?.id ?? generateEntityId(undefined, "pdes")
  if (!known) {
    await manager.execute(
      `insert into personalization_design (id, ${COLUMNS.join(", ")})
       values (?, ${COLUMNS.map((name) => (JSON_COLUMNS.has(name) ? "?::jsonb" : "?")).join(", ")})`,
      [
        id,
        ...COLUMNS.map((name) =>
          JSON_COLUMNS.has(name) ? JSON.stringify(design[name]) : design[name]
        ),
      ]
    )
  }
  const [held] = await manager.execute<{ new_in_cart: boolean }[]>(
    `insert into personalization_design_cart (design_id, cart_id, on_its_way_until)
     values (?, ?, clock_timestamp() + ${LONGEST_WAY})
     on conflict (design_id, cart_id) do update set on_its_way_until = excluded.on_its_way_until
     returning xmax = 0 as new_in_cart`,
    [id, cart_id]
  )
  return { id, cart_id, created: !known, new_in_cart: held?.new_in_cart ?? true }
}

/** Ends the way of a design into a cart: from now on the line that refers to it keeps it. */
export async function arriveDesign(
  manager: SqlEntityManager,
  { id, cart_id }: CartDesign
): Promise<void> {
  await manager.execute(
    `update personalization_design_cart set on_its_way_until = null where design_id = ? and cart_id = ?`,
    [id, cart_id]
  )
}

/** Takes `holdDesign` back, for a cart that the design did not get into. A design that another cart has stays. */
export async function releaseDesign(
  manager: SqlEntityManager,
  { id, cart_id, created, new_in_cart }: HeldDesign
): Promise<void> {
  const [design] = await manager.execute<{ visitor_id: string | null }[]>(
    `select visitor_id from personalization_design where id = ?`,
    [id]
  )
  if (design?.visitor_id) {
    await lockVisitors(manager, [design.visitor_id])
  }
  if (!new_in_cart) {
    await arriveDesign(manager, { id, cart_id })
    return
  }
  await manager.execute(
    `delete from personalization_design_cart where design_id = ? and cart_id = ?`,
    [id, cart_id]
  )
  if (created) {
    await manager.execute(
      `delete from personalization_design d where d.id = ? and not exists (
         select 1 from personalization_design_cart h where h.design_id = d.id)`,
      [id]
    )
  }
}

/** Whether all of these uploads of a visitor's are still there. Call it under `lockVisitors`, so that they stay. */
export async function uploadsAreThere(
  manager: SqlEntityManager,
  visitorId: string,
  ids: string[]
): Promise<boolean> {
  const wanted = new Set(ids)
  if (wanted.size === 0) {
    return true
  }
  const rows = await manager.execute<{ id: string }[]>(
    `select id from personalization_upload where visitor_id = ? and deleted_at is null and id in ${IDS}`,
    [visitorId, JSON.stringify([...wanted])]
  )
  return rows.length === wanted.size
}

/** Those of the designs that were put into a cart. */
export async function designsOfCart(
  manager: SqlEntityManager,
  ids: string[],
  cartId: string
): Promise<string[]> {
  const rows = await manager.execute<{ id: string }[]>(
    `select design_id as id from personalization_design_cart where cart_id = ? and design_id in ${IDS}`,
    [cartId, JSON.stringify(ids)]
  )
  return rows.map(({ id }) => id)
}
