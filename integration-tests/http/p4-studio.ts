// A studio's designer in tests: option sets with the management key, and products of two options made for the purpose.
import { createProductsWorkflow } from "@medusajs/medusa/core-flows"
import { ContainerRegistrationKeys, Modules, ProductStatus } from "@medusajs/framework/utils"
import type { SeedResult } from "../../src/scripts/seed"
import type { TestStore } from "../helpers/runner"
import { statementsOf } from "../helpers/statements"
import { TestVisitor, type Fault, type Reply } from "./visitor"

export type Option = {
  id: string
  value: string
  label: string
  rank: number
  price_delta: number | null
  price_deltas: Record<string, number>
  metadata: Record<string, unknown> | null
}
export type OptionSet = {
  id: string
  product_id: string
  key: string
  title: string
  required: boolean
  product_option_id: string | null
  options: Option[]
}
export type SetReply = Reply<Fault & { option_set: OptionSet }>
export type SessionView = {
  variant_id: string | null
  options: Record<string, unknown>
  missing: string[]
  complete: boolean
  warnings: { code: string; path: string }[]
  price: {
    base_price: number
    unit_price: number
    surcharges: { path: string; label: string; amount: number }[]
  } | null
}
export type SessionReply = Reply<Fault & { session: SessionView }>

/** Small options: values with a surcharge in USD and EUR. */
export const option = (value: string, price_delta = 0) => ({
  value,
  label: value.toUpperCase(),
  price_delta,
  price_deltas: { eur: price_delta },
})

/** What a reply's issues say, as `path code`. */
export function faults({ body }: Reply<Fault>): string[] {
  return (body.issues ?? []).map(({ path, code }) => `${path} ${code}`)
}

export class Studio {
  #made = 0

  constructor(
    private readonly store: TestStore,
    private readonly seeded: () => SeedResult
  ) {}

  /** A call with the management key. */
  call(method: string, path: string, body?: unknown): Promise<SetReply> {
    return new TestVisitor(this.store).call(method, path, body, {
      "X-API-Key": this.seeded().api_key ?? "",
    })
  }

  /** A call to Medusa's own admin API, as the dashboard makes them. */
  async admin<T = Record<string, never>>(
    method: string,
    path: string,
    body?: unknown
  ): Promise<Reply<T>> {
    const token = Buffer.from(`${this.seeded().api_key}:`).toString("base64")
    return new TestVisitor(this.store).call<T>(method, path, body, {
      Authorization: `Basic ${token}`,
    })
  }

  async createSet(input: Record<string, unknown>): Promise<OptionSet> {
    const reply = await this.call("POST", "/optionsets", input)
    expect({ status: reply.status, issues: reply.body.issues }).toEqual({ status: 201 })
    return reply.body.option_set
  }

  async read(id: string): Promise<OptionSet> {
    return (await this.call("GET", `/optionsets/${id}`)).body.option_set
  }

  /** A started session: its visitor, and what a PATCH of it answers. */
  async session(input: Record<string, unknown>) {
    const visitor = new TestVisitor(this.store)
    const { body, status } = await visitor.call<{ sessionId: string }>("POST", "/sessions", input)
    expect(status).toBe(201)
    const path = `/sessions/${body.sessionId}`
    return {
      id: body.sessionId,
      visitor,
      read: (): Promise<SessionReply> => visitor.call("GET", path),
      patch: (change: Record<string, unknown>): Promise<SessionReply> =>
        visitor.call("PATCH", path, change),
    }
  }

  /** Rows of a statement on the store's database. */
  async sql<T>(statement: string, values: string[] = []): Promise<T[]> {
    const connection = this.store.getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
    const { rows } = await connection.raw<{ rows: T[] }>(statement, values)
    return rows
  }

  /** How many statements about option sets, prices and products some work sends to the database. */
  async statements<T>(work: () => Promise<T>): Promise<{ result: T; count: number }> {
    const { result, statements } = await statementsOf(this.store, work)
    const ours = statements.filter((sql) => /personalization_option|price|product(?!ion)/.test(sql))
    return { result, count: ours.length }
  }

  /** The price set of an option. */
  async priceSetOf(optionId: string): Promise<string> {
    const [row] = await this.sql<{ price_set_id: string }>(
      `select price_set_id from personalization_option where id = ?`,
      [optionId]
    )
    return row?.price_set_id ?? ""
  }

  /**
   * A published product with the options Size and Colour and a variant for each pair, without stock keeping; prices in
   * USD.
   */
  async product(handle: string, variants: [size: string, color: string, price: number][]) {
    const container = this.store.getContainer()
    const [[store], [profile]] = await Promise.all([
      container.resolve(Modules.STORE).listStores({}, { take: 1 }),
      container.resolve(Modules.FULFILLMENT).listShippingProfiles({}, { take: 1 }),
    ])
    const { result } = await createProductsWorkflow(container).run({
      input: {
        products: [
          {
            title: handle,
            handle,
            status: ProductStatus.PUBLISHED,
            shipping_profile_id: profile?.id ?? "",
            sales_channels: [{ id: store?.default_sales_channel_id ?? "" }],
            options: [
              { title: "Size", values: [...new Set(variants.map(([size]) => size))] },
              { title: "Colour", values: [...new Set(variants.map(([, color]) => color))] },
            ],
            variants: variants.map(([Size, Colour, amount]) => ({
              title: `${Size} / ${Colour}`,
              sku: `${handle}-${Size}-${Colour}`.toUpperCase(),
              manage_inventory: false,
              options: { Size, Colour },
              prices: [{ currency_code: "usd", amount }],
            })),
          },
        ],
      },
    })
    const [created] = result
    const options = created?.options ?? []
    // As the dashboard does when somebody orders the values.
    for (const { id, title } of options) {
      const values = variants.map(([size, color]) => (title === "Size" ? size : color))
      const ranks = Object.fromEntries([...new Set(values)].map((value, rank) => [value, rank]))
      await this.admin("POST", `/admin/product-options/${id}`, { ranks })
    }
    const optionId = (title: string) => options.find((one) => one.title === title)?.id ?? ""
    return {
      id: created?.id ?? "",
      size: optionId("Size"),
      color: optionId("Colour"),
      variant: (title: string) =>
        created?.variants.find((variant) => variant.title === title)?.id ?? "",
    }
  }

  /** S and L in red and blue, but no L in blue, with both options bound: zones `size` and `tone` take the sets. */
  async shirts() {
    this.#made += 1
    const shirt = await this.product(`bound-${this.#made}`, [
      ["S", "Red", 10],
      ["S", "Blue", 11],
      ["L", "Red", 14],
    ])
    await this.template(shirt.id, { size: "sizes", tone: "tones" })
    const bind = (key: string, product_option_id: string) =>
      this.createSet({ product_id: shirt.id, key, title: key, product_option_id })
    return {
      ...shirt,
      sizes: await bind("sizes", shirt.size),
      tones: await bind("tones", shirt.color),
    }
  }

  /** Publishes a template with a text zone `name` and an option zone for each of the given `zone: set key`. */
  async template(product_id: string, zones: Record<string, string>, extra = {}): Promise<void> {
    const reply = await this.call("POST", "/templates", {
      product_id,
      version: 1,
      definition: {
        schema: 1,
        placements: [
          {
            key: "front",
            label: "Front",
            canvas: { width: 600, height: 600 },
            background: { asset: "mug-front" },
            print_area: {
              width_mm: 100,
              height_mm: 100,
              dpi: 150,
              on_canvas: { x: 100, y: 100, width: 400, height: 400 },
            },
          },
        ],
        zones: [
          {
            kind: "text",
            key: "name",
            label: "Name",
            placement: "front",
            frame: { x: 0, y: 0, width: 100, height: 20 },
            max_length: 20,
            fonts: ["inter-bold"],
            size: { min: 8, max: 40, default: 20 },
            colors: [{ name: "Ink", value: "#000000" }],
          },
          ...Object.entries(zones).map(([key, option_set]) => ({
            kind: "option",
            key,
            label: key,
            option_set,
            ...extra,
          })),
        ],
      },
    })
    expect({ status: reply.status, issues: reply.body.issues }).toEqual({ status: 201 })
  }
}
