// What specs about sessions have: a seeded shop, designs at both doors, customers of Medusa's who sign in, and its database.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { SeedResult } from "../../src/scripts/seed"
import type { TestStore } from "../helpers/runner"
import { statementsOf } from "../helpers/statements"
import { seededShop, TestVisitor, type Fault, type Reply } from "./visitor"

export type Session = {
  id: string
  product_id: string
  variant_id: string | null
  template_id: string
  template_version: number
  newer_version?: number
  options: Record<string, unknown>
  revision: number
  expires_at: string
  complete: boolean
  missing: string[]
  warnings: { path: string; code: string }[]
  price: { currency_code: string; unit_price: number } | null
}
export type SessionReply = Reply<
  Fault & { sessionId: string; session: Session; issues: { path: string; code: string }[] }
>
export type Customer = { id: string; token: string }

/** The door a request comes through. */
export type Door = "standalone" | "store"

export function sessionShop(store: TestStore) {
  const shop = seededShop(store)

  /** The headers of a request through Medusa's own door, or of one that somebody signed in makes. */
  const headers = (door: Door, customer?: Customer): Record<string, string> => ({
    ...(door === "store" ? { "x-publishable-api-key": shop.seeded().publishable_key } : {}),
    ...(customer ? { Authorization: `Bearer ${customer.token}` } : {}),
  })
  const paths: Record<Door, string> = { standalone: "", store: "/store/personalization" }

  /** Starts a session; of a t-shirt unless the body says otherwise. */
  const start = (
    visitor: TestVisitor,
    body: Record<string, unknown> = { product_id: shop.product("t-shirt") },
    { door = "standalone", customer }: { door?: Door; customer?: Customer } = {}
  ): Promise<SessionReply> =>
    visitor.call("POST", `${paths[door]}/sessions`, body, headers(door, customer))

  const read = (
    visitor: TestVisitor,
    id: string,
    { door = "standalone", customer }: { door?: Door; customer?: Customer } = {}
  ): Promise<SessionReply> =>
    visitor.call("GET", `${paths[door]}/sessions/${id}`, undefined, headers(door, customer))

  const change = (
    visitor: TestVisitor,
    id: string,
    body: Record<string, unknown>,
    { door = "standalone", customer }: { door?: Door; customer?: Customer } = {}
  ): Promise<SessionReply> =>
    visitor.call(
      door === "store" ? "POST" : "PATCH",
      `${paths[door]}/sessions/${id}`,
      body,
      headers(door, customer)
    )

  /** A new customer of Medusa's, signed in. */
  async function customer(email: string): Promise<Customer> {
    const nobody = new TestVisitor(store)
    const account = { email, password: "a long enough password" }
    const post = async (path: string, body: unknown, more: Record<string, string> = {}) => {
      const reply = await nobody.call<{ token: string; customer: { id: string } }>(
        "POST",
        path,
        body,
        more
      )
      expect(`${reply.status} ${reply.status < 300 ? "" : reply.text}`).toBe("200 ")
      return reply.body
    }
    const { token } = await post("/auth/customer/emailpass/register", account)
    const { customer: made } = await post(
      "/store/customers",
      { email },
      { ...headers("store"), Authorization: `Bearer ${token}` }
    )
    const signedIn = await post("/auth/customer/emailpass", account)
    return { id: made.id, token: signedIn.token }
  }

  /** Calls with the management key. */
  const manage = <T = Fault>(method: string, path: string, body?: unknown): Promise<Reply<T>> =>
    new TestVisitor(store).call<T>(method, path, body, {
      "X-API-Key": shop.seeded().api_key ?? "",
    })

  /** Rows of a statement on the store's database. */
  async function sql<T>(statement: string, values: string[] = []): Promise<T[]> {
    const connection = store.getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
    return (await connection.raw<{ rows: T[] }>(statement, values)).rows
  }

  /** The statements that some work sends to the database, and what it comes to. */
  const watched = <T>(work: () => Promise<T>) => statementsOf(store, work)

  return {
    seeded: (): SeedResult => shop.seeded(),
    product: (handle: string) => shop.product(handle),
    ...{ headers, start, read, change, customer, manage, sql, watched },
  }
}
