// Helpers of the catalog's specs: the dashboard's API, the database's rows, and what crosses the wire.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Slots } from "../../src/lib/slots"
import type { TestStore } from "../helpers/runner"
import { statementsOf } from "../helpers/statements"

export type ListBody = { products: ProductBody[]; count: number; limit: number; offset: number }
export type ProductBody = {
  id: string
  handle: string
  name: string
  description: string | null
  base_price: number | null
  currency_code: string
  tax_inclusive: boolean | null
  media: { url: string }[]
  customizable: boolean
}
export type VariantBody = {
  id: string
  title: string
  sku: string | null
  base_price: number | null
  tax_inclusive: boolean | null
  in_stock: boolean
}
export type OptionSetBody = {
  id: string
  key: string
  title: string
  required: boolean
  product_option_id: string | null
  options: {
    id: string
    value: string
    label: string
    price_delta: number | null
    metadata: Record<string, unknown> | null
  }[]
}
export type PageBody = {
  product: ProductBody & {
    variants: VariantBody[]
    template: { id: string; version: number; name: string; definition: unknown }
    option_sets: OptionSetBody[]
  }
}

/** `GET` as JSON. */
export async function get<T>(
  store: TestStore,
  path: string,
  headers: Record<string, string> = {}
): Promise<{ status: number; headers: Headers; text: string; body: T }> {
  const response = await store.request(path, { headers })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (text ? JSON.parse(text) : undefined) as T,
  }
}

/** The dashboard's API with a secret key, as the dashboard calls it. */
export function dashboard(store: TestStore, key: () => string | null) {
  return async <T = Record<string, never>>(
    method: string,
    path: string,
    body?: unknown
  ): Promise<T> => {
    const response = await store.request(`/admin${path}`, {
      method,
      headers: {
        Authorization: `Basic ${Buffer.from(`${key()}:`).toString("base64")}`,
        "Content-Type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.status !== 200) {
      throw new Error(`${method} /admin${path} answered ${response.status}: ${text}`)
    }
    return JSON.parse(text) as T
  }
}

type Knex = {
  raw<T>(sql: string, bindings?: unknown[]): Promise<{ rows: T[] }>
}

function connection(container: MedusaContainer): Knex {
  return container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
}

/** Rows of the store's database. */
export async function rows<T>(store: TestStore, sql: string, bindings: unknown[] = []) {
  return (await connection(store.getContainer()).raw<T>(sql, bindings)).rows
}

/** The statements that reach the database while `work` runs, for it. */
export async function queriesOf(store: TestStore, work: () => Promise<unknown>): Promise<string[]> {
  return (await statementsOf(store, work)).statements
}

/** Far longer than anything here takes on a busy machine, and less than the 60 s that cached answers live. */
const PATIENCE_MS = 20_000

/** Asks again until the answer fits. @throws Error when it never does */
export async function until(work: () => Promise<boolean>): Promise<void> {
  const began = performance.now()
  while (!(await work())) {
    if (performance.now() - began > PATIENCE_MS) {
      throw new Error(`It did not happen within ${PATIENCE_MS} ms.`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Takes all places of some slots, those to wait in too. @returns gives them back */
export async function fill(slots: Slots): Promise<() => Promise<void>> {
  let free = () => {}
  const held = new Promise<void>((resolve) => (free = resolve))
  const taken: Promise<void>[] = []
  let full = false
  while (!full) {
    const place = slots.run(() => held)
    // A place that is not to be had is refused at once.
    full = await Promise.race([
      place.then(
        () => false,
        () => true
      ),
      new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
    ])
    taken.push(place)
  }
  return async () => {
    free()
    await Promise.allSettled(taken)
  }
}
