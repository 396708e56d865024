// Where the sandbox keeps its payments: two tables of its own, made on first use, so that a restart loses nothing.
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { randomBytes } from "node:crypto"

const ACCOUNT = "default"

/** A payment at the sandbox. `amount` and `refunded` are decimal strings in major units. */
export type SandboxPayment = {
  id: string
  /** The unguessable part of the payment page's address. */
  token: string
  session_id: string
  amount: string
  currency_code: string
  status: "open" | "paid" | "canceled"
  /** How often the customer was declined. */
  declines: number
  refunded: string
  return_url: string | null
}

/** How the sandbox signs and where it posts its events. */
export type SandboxAccount = { webhook_url: string; webhook_secret: string }

/** The sandbox's tables. Every change of a payment is one conditional statement, so racing calls cannot both win. */
export class SandboxStore {
  #ready: Promise<void> | undefined

  constructor(private readonly knex: Knex) {}

  /** The account with its settings brought up to date; a secret is made when none is given and none is kept. */
  async openAccount(
    webhookUrl: string,
    webhookSecret: string | undefined
  ): Promise<SandboxAccount> {
    const [account] = await this.#query<SandboxAccount>(
      `insert into personalization_sandbox_account as account (id, webhook_url, webhook_secret)
       values (?, ?, ?)
       on conflict (id) do update
         set webhook_url = excluded.webhook_url,
             webhook_secret = case when ?::boolean then excluded.webhook_secret else account.webhook_secret end
       returning webhook_url, webhook_secret`,
      [
        ACCOUNT,
        webhookUrl,
        webhookSecret ?? randomBytes(32).toString("base64url"),
        webhookSecret !== undefined,
      ]
    )
    if (!account) {
      throw new Error("The sandbox payment provider could not store its account.")
    }
    return account
  }

  /** The account as the provider left it, or null when none was ever opened. */
  async account(): Promise<SandboxAccount | null> {
    const [account] = await this.#query<SandboxAccount>(
      `select webhook_url, webhook_secret from personalization_sandbox_account where id = ?`,
      [ACCOUNT]
    )
    return account ?? null
  }

  /** Opens a payment. The same idempotency key gives the same payment. */
  async create(
    payment: Pick<SandboxPayment, "session_id" | "amount" | "currency_code" | "return_url">,
    idempotencyKey: string
  ): Promise<SandboxPayment> {
    const [row] = await this.#query<SandboxPayment>(
      `insert into personalization_sandbox_payment
         (id, token, idempotency_key, session_id, amount, currency_code, return_url)
       values (?, ?, ?, ?, ?, ?, ?)
       on conflict (idempotency_key) do update set idempotency_key = excluded.idempotency_key
       returning *`,
      [
        `sbx_${randomBytes(12).toString("hex")}`,
        randomBytes(24).toString("base64url"),
        idempotencyKey,
        payment.session_id,
        payment.amount,
        payment.currency_code,
        payment.return_url,
      ]
    )
    if (!row) {
      throw new Error("The sandbox payment provider could not store a payment.")
    }
    return row
  }

  async find(by: { id: string } | { token: string }): Promise<SandboxPayment | null> {
    const [column, value] = "id" in by ? ["id", by.id] : ["token", by.token]
    const [row] = await this.#query<SandboxPayment>(
      `select * from personalization_sandbox_payment where ${column} = ?`,
      [value]
    )
    return row ?? null
  }

  /** Takes the money. @returns null when the payment is not open. */
  async pay(id: string): Promise<SandboxPayment | null> {
    return this.#changeOpen(id, `status = 'paid'`)
  }

  /** Declines one try; the payment stays open. @returns null when it is not open. */
  async decline(id: string): Promise<SandboxPayment | null> {
    return this.#changeOpen(id, `declines = declines + 1`)
  }

  /** Closes an open payment. @returns null when it is not open. */
  async cancel(id: string): Promise<SandboxPayment | null> {
    return this.#changeOpen(id, `status = 'canceled'`)
  }

  /** Changes what an open payment asks for. @returns null when it is not open. */
  async reprice(id: string, amount: string, currency: string): Promise<SandboxPayment | null> {
    return this.#changeOpen(id, `amount = ?, currency_code = ?`, [amount, currency])
  }

  /**
   * Gives money back; the same idempotency key gives it once.
   * @returns null when the payment is not paid or less than that is left of it.
   */
  async refund(id: string, amount: string, idempotencyKey: string): Promise<SandboxPayment | null> {
    const [row] = await this.#query<SandboxPayment>(
      `update personalization_sandbox_payment as payment
          set refunded = case when jsonb_exists(refunds, asked.key) then refunded
                else (refunded::numeric + asked.amount::numeric)::text end,
              refunds = refunds || jsonb_build_object(asked.key, asked.amount)
         from (select ?::text as id, ?::text as key, ?::text as amount) as asked
        where payment.id = asked.id and status = 'paid'
          and (jsonb_exists(refunds, asked.key)
            or refunded::numeric + asked.amount::numeric <= payment.amount::numeric)
        returning payment.*`,
      [id, idempotencyKey, amount]
    )
    return row ?? null
  }

  async #changeOpen(
    id: string,
    assignments: string,
    values: string[] = []
  ): Promise<SandboxPayment | null> {
    const [row] = await this.#query<SandboxPayment>(
      `update personalization_sandbox_payment set ${assignments}
        where id = ? and status = 'open' returning *`,
      [...values, id]
    )
    return row ?? null
  }

  async #query<T>(sql: string, values: Knex.RawBinding[]): Promise<T[]> {
    await this.#tables()
    const result: { rows: T[] } = await this.knex.raw(sql, values)
    return result.rows
  }

  #tables(): Promise<void> {
    this.#ready ??= this.#create().catch((error: unknown) => {
      this.#ready = undefined
      throw error
    })
    return this.#ready
  }

  async #create(): Promise<void> {
    await this.knex.transaction(async (trx) => {
      // `create table if not exists` fails when two processes run it at once.
      await trx.raw(`select pg_advisory_xact_lock(hashtextextended('personalization-sandbox', 0))`)
      await trx.raw(`create table if not exists personalization_sandbox_account (
        id text primary key,
        webhook_url text not null,
        webhook_secret text not null)`)
      await trx.raw(`create table if not exists personalization_sandbox_payment (
        id text primary key,
        token text not null unique,
        idempotency_key text not null unique,
        session_id text not null,
        amount text not null,
        currency_code text not null,
        status text not null default 'open' check (status in ('open', 'paid', 'canceled')),
        declines integer not null default 0,
        refunded text not null default '0',
        refunds jsonb not null default '{}',
        return_url text null,
        created_at timestamptz not null default now())`)
    })
  }
}
