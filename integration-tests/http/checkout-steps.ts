// What checkout, payment and order specs do and look at: place an order, press Pay, wait for a state, read tables.
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "pg"
import { signEvent } from "../../src/lib/sandbox/signature"
import { SandboxStore } from "../../src/lib/sandbox/store"
import type { TestStore } from "../helpers/runner"
import { Buyer, checkoutBody, type CheckoutShop } from "./checkout-shop"

export type Placed = {
  orderId: string
  status: string
  currency_code: string
  total: number
  order_token: string
  payment: { provider: string; url: string } | null
}
export type OrderPage = {
  orderId: string
  status: string
  total: number
  trackingUrl?: string
  items: { title: string; quantity: number; unit_price: number; line_total: number }[]
  payment: { status: string; attempts: number; last_error?: { code: string; message: string } }
  history: { status: string }[]
}
export type Fault = { code: string; issues?: { path: string; code: string }[] }

/** 2 posters at 20 and shipping for 5.90, with 8.25% tax on both: 45.90 * 1.0825 = 49.68675. */
export const TOTAL = 49.69

const PATIENCE_MS = 20_000

export class Steps {
  constructor(
    private readonly store: TestStore,
    readonly shop: CheckoutShop
  ) {}

  /** Somebody with posters in the cart. */
  async buyer(quantity = 2): Promise<Buyer> {
    const someone = new Buyer(this.store)
    await someone.fill(this.shop.variantId, quantity)
    return someone
  }

  async place(someone: Buyer, overrides: Record<string, unknown> = {}): Promise<Placed> {
    const { status, body } = await someone.call<Placed>(
      "POST",
      "/checkout",
      checkoutBody(overrides)
    )
    if (status !== 201) {
      throw new Error(`The checkout answered ${status}: ${JSON.stringify(body)}`)
    }
    return body
  }

  /** Presses a button of the payment page. */
  async press(
    payment: { url: string } | null,
    action: "pay" | "decline"
  ): Promise<{ status: number; body: unknown }> {
    const response = await this.store.request(new URL(payment?.url ?? "").pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ action }),
    })
    return { status: response.status, body: await response.json() }
  }

  /** Takes a step of the lifecycle with the shop's API key. */
  async steer(
    orderId: string,
    body: unknown,
    apiKey = this.shop.apiKey
  ): Promise<{ status: number; body: OrderPage & Fault }> {
    const response = await this.store.request(`/orders/${orderId}/status`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-API-Key": apiKey },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as OrderPage & Fault }
  }

  /** The order's page once it is as wanted. */
  async waitFor(
    someone: Buyer,
    orderId: string,
    wanted: (page: OrderPage) => boolean
  ): Promise<OrderPage> {
    return this.until(async () => {
      const { body } = await someone.call<OrderPage>("GET", `/orders/${orderId}`)
      return wanted(body) ? body : null
    })
  }

  /** What `look` finds, asked again until it finds something. */
  async until<T>(look: () => Promise<T | null>): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS
    while (Date.now() < deadline) {
      const found = await look()
      if (found !== null) {
        return found
      }
      await sleep(100)
    }
    throw new Error(`It did not happen in ${PATIENCE_MS} ms.`)
  }

  async rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    const client = new Client({ connectionString: this.store.databaseUrl })
    await client.connect()
    try {
      return (await client.query(sql, values)).rows as T[]
    } finally {
      await client.end()
    }
  }

  /** The order's events in the outbox. */
  async events(orderId: string): Promise<{ type: string; sequence: number }[]> {
    return this.rows(
      "select type, sequence::int from personalization_webhook_event where order_id = $1 order by sequence",
      [orderId]
    )
  }

  /** The order's payment at Medusa and at the sandbox. */
  async payment(orderId: string): Promise<{ session_id: string; external_id: string }> {
    const [row] = await this.rows<{ session_id: string; external_id: string }>(
      `select payment_session_id as session_id, external_id
         from personalization_payment_attempt where order_id = $1 order by created_at desc`,
      [orderId]
    )
    if (!row) {
      throw new Error(`The order ${orderId} has no payment attempt.`)
    }
    return row
  }

  async webhookSecret(): Promise<string> {
    const knex = this.store.getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
    return (await new SandboxStore(knex).account())?.webhook_secret ?? ""
  }

  /** Posts an event as the sandbox would, or with whatever signature is given. */
  async post(body: string, signature?: string | null): Promise<number> {
    const header =
      signature === undefined
        ? signEvent(await this.webhookSecret(), Math.floor(Date.now() / 1000), body)
        : signature
    const response = await this.store.request("/hooks/payment/sandbox_sandbox", {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(header === null ? {} : { "sandbox-signature": header }),
      },
      body,
    })
    return response.status
  }
}

/** The body of the sandbox's event for a payment that was paid. */
export function paidEvent(
  id: string,
  payment: { session_id: string; external_id: string },
  { amount = String(TOTAL), currency_code = "usd" } = {}
): string {
  return JSON.stringify({
    id,
    type: "payment.succeeded",
    created: Math.floor(Date.now() / 1000),
    data: { id: payment.external_id, session_id: payment.session_id, amount, currency_code },
  })
}
