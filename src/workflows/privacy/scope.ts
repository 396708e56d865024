// What is a person's own: several persons may have used one browser, and so one visitor's key.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  hashVisitorKey,
  type DesignRow,
  type SessionRow,
  type UploadRow,
  type VisitorRow,
} from "../../modules/personalization/service"
import type { ProductionOrderRow } from "../../modules/personalization_production/types"
import { select } from "../catalog/sql"
import { designsOfOrders } from "../retention/references"
import { personalization, production } from "../services"
import { uploadIdsIn } from "../sessions/context"
import type { Person, PersonKey } from "./types"

/** The columns of a design but its template, which is the shop's and large. */
const DESIGN_COLUMNS = [
  "id",
  "visitor_id",
  "session_id",
  "product_id",
  "variant_id",
  "template_id",
  "template_version",
  "options",
  "surcharges",
  "currency_code",
  "base_price",
  "unit_price",
  "preview_hash",
  "anonymized_at",
  "created_at",
] as const

export type OwnDesign = Pick<DesignRow, (typeof DESIGN_COLUMNS)[number]>
export type PersonScope = {
  /** As `readVisitor`. */
  visitor: VisitorRow | null
  sessions: SessionRow[]
  designs: OwnDesign[]
  uploads: UploadRow[]
  orders: ProductionOrderRow[]
}

/** The person without the key. */
export function personKey(person: Person): PersonKey {
  return "visitor_key" in person ? { visitor_key_hash: hashVisitorKey(person.visitor_key) } : person
}

/** The visitor of a key, over or not; null for a customer, and for a key that nobody has. */
export async function readVisitor(
  container: MedusaContainer,
  person: PersonKey
): Promise<VisitorRow | null> {
  if ("customer_id" in person) {
    return null
  }
  const { visitor_key_hash: key_hash } = person
  const [visitor] = await personalization(container).listVisitors({ key_hash }, { take: 1 })
  return visitor ?? null
}

/** Those of the visitors whose open cart has lines. */
export async function visitorsWithCarts(
  container: MedusaContainer,
  visitorIds: string[]
): Promise<string[]> {
  const rows = await select<{ id: string }>(
    container,
    `select v.id from personalization_visitor v
      where v.id = any(?) and exists (
        select 1 from cart_line_item l where l.cart_id = v.cart_id and l.deleted_at is null)`,
    [visitorIds]
  )
  return rows.map(({ id }) => id)
}

/**
 * A visitor has all that was made under the key. A customer has the sessions that they were signed in for, the uploads used
 * in these or last sent for them, the designs of these and of their orders: nothing that somebody else made in the same
 * browser.
 */
export async function readScope(
  container: MedusaContainer,
  person: PersonKey
): Promise<PersonScope> {
  if ("customer_id" in person) {
    return customerScope(container, person.customer_id)
  }
  const service = personalization(container)
  const visitor = await readVisitor(container, person)
  if (!visitor) {
    return { visitor: null, sessions: [], designs: [], uploads: [], orders: [] }
  }
  const owner = { visitor_id: visitor.id }
  const [sessions, uploads, orders, designs] = await Promise.all([
    service.listSessions(owner),
    service.listUploads(owner),
    production(container).listProductionOrders(owner),
    listDesigns(container, owner),
  ])
  const ordered = await designsOf(container, orders)
  return { visitor, sessions, uploads, orders, designs: merged(designs, ordered) }
}

async function customerScope(
  container: MedusaContainer,
  customer_id: string
): Promise<PersonScope> {
  const service = personalization(container)
  const [sessions, orders] = await Promise.all([
    service.listSessions({ customer_id }),
    production(container).listProductionOrders({ customer_id }),
  ])
  const session_id = sessions.map(({ id }) => id)
  const designs = merged(
    session_id.length > 0 ? await listDesigns(container, { session_id }) : [],
    await designsOf(container, orders)
  )
  const used = [...sessions, ...designs].flatMap(({ options }) => uploadIdsIn(options))
  const uploads = merged(
    used.length > 0 ? await service.listUploads({ id: used }) : [],
    session_id.length > 0 ? await service.listUploads({ session_id }) : []
  )
  return { visitor: null, sessions, designs, uploads, orders }
}

async function designsOf(
  container: MedusaContainer,
  orders: ProductionOrderRow[]
): Promise<OwnDesign[]> {
  const ids = orders.map(({ order_id }) => order_id)
  const references = ids.length > 0 ? await designsOfOrders(container, ids) : []
  return references.length > 0
    ? listDesigns(container, { id: references.map(({ design_id }) => design_id) })
    : []
}

async function listDesigns(
  container: MedusaContainer,
  filter: { id: string[] } | { visitor_id: string } | { session_id: string[] }
): Promise<OwnDesign[]> {
  return personalization(container).listDesigns(filter, { select: [...DESIGN_COLUMNS] })
}

/** Both, each row once, in the order of their making: ids sort by time. */
function merged<T extends { id: string }>(one: T[], other: T[]): T[] {
  const byId = new Map([...one, ...other].map((row) => [row.id, row]))
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}
