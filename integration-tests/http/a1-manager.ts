// Who manages products with the API key in tests, and what the catalog and the database then say.
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { TestStore } from "../helpers/runner"
import { seededShop, TestVisitor, type Fault } from "./visitor"

export type Product = {
  id: string
  handle: string
  name: string
  description: string | null
  status: string
  base_price: number | null
  currency_code: string
  media: { url: string }[]
  customizable: boolean
  variants: {
    id: string
    title: string
    sku: string | null
    base_price: number | null
    in_stock: boolean
  }[]
}
export type Answer = { product: Product } & Fault

/** Seeds the store and gives what manages its products. */
export function productManager(store: TestStore) {
  const { seeded, product } = seededShop(store)
  const call = <T = Answer>(method: string, path: string, body?: unknown) =>
    new TestVisitor(store).call<T>(method, path, body, { "X-API-Key": seeded().api_key ?? "" })
  const create = async (body: Record<string, unknown>) => {
    const answer = await call("POST", "/products", body)
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 })
    return answer.body.product
  }
  const update = async (id: string, body: Record<string, unknown>) => {
    const answer = await call("PUT", `/products/${id}`, body)
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 200 })
    return answer.body.product
  }
  const listed = async (name: string) => {
    const { body } = await new TestVisitor(store).call<{ products: Product[] }>(
      "GET",
      `/products?limit=100&q=${encodeURIComponent(name)}`
    )
    return body.products.filter((candidate) => candidate.name === name)
  }
  const admin = async <T>(path: string) => {
    const response = await store.request(path, {
      headers: {
        Authorization: `Basic ${Buffer.from(`${seeded().api_key}:`).toString("base64")}`,
      },
    })
    return { status: response.status, body: (await response.json()) as T }
  }
  /** Every price row of a product, as the database has it. */
  const priceRows = async (id: string) => {
    const { data } = await store
      .getContainer()
      .resolve(ContainerRegistrationKeys.QUERY)
      .graph({
        entity: "product",
        fields: ["variants.id", "variants.price_set.id"],
        filters: { id },
      })
    const variants = (data as unknown as { variants: { price_set: { id: string } }[] }[])[0]
    const ids = variants?.variants.map(({ price_set }) => price_set.id) ?? []
    const prices = await store
      .getContainer()
      .resolve(Modules.PRICING)
      .listPrices({ price_set_id: ids }, { relations: ["price_rules", "price_list"], take: null })
    return prices
      .map((price) => ({
        id: price.id,
        set: price.price_set_id,
        currency: price.currency_code,
        amount: Number(price.amount),
        rules: price.price_rules?.map(({ attribute, value }) => `${attribute}=${value}`),
        list: Boolean(price.price_list),
        min: price.min_quantity ?? null,
      }))
      .sort((a, b) => a.id.localeCompare(b.id))
  }
  return { product, call, create, update, listed, admin, priceRows }
}
