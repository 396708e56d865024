// A shop for checkout specs: one region, one product with stock, two ways to ship, sandbox payments; and a buyer.
import {
  createApiKeysWorkflow,
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules, ProductStatus } from "@medusajs/framework/utils"
import type { TestStore } from "../helpers/runner"

export type CheckoutShop = { variantId: string; productId: string; apiKey: string }

/** 8.25% sales tax in the United States, on goods and on shipping. */
export const TAX_RATE = 8.25

function first<T>(list: T[]): T {
  const [head] = list
  if (head === undefined) {
    throw new Error("Medusa created nothing.")
  }
  return head
}

/** Fills the store: a poster for 20 USD, shipping for 5.90 or 14.90, `stock` pieces. */
export async function createShop(container: MedusaContainer, stock = 50): Promise<CheckoutShop> {
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  const channels = container.resolve(Modules.SALES_CHANNEL)
  const channel =
    (await channels.listSalesChannels({}, { take: 1 }))[0] ??
    (await channels.createSalesChannels({ name: "Shop" }))
  const region = first(
    (
      await createRegionsWorkflow(container).run({
        input: {
          regions: [
            {
              name: "United States",
              currency_code: "usd",
              countries: ["us"],
              payment_providers: ["pp_sandbox_sandbox"],
            },
          ],
        },
      })
    ).result
  )
  await createTaxRegionsWorkflow(container).run({
    input: [
      {
        country_code: "us",
        provider_id: "tp_system",
        default_tax_rate: { name: "Sales tax", rate: TAX_RATE, code: "us" },
      },
    ],
  })
  await updateStoresWorkflow(container).run({
    input: {
      selector: { id: store?.id ?? "" },
      update: {
        default_sales_channel_id: channel.id,
        default_region_id: region.id,
        supported_currencies: [{ currency_code: "usd", is_default: true }],
      },
    },
  })
  const location = first(
    (
      await createStockLocationsWorkflow(container).run({
        input: { locations: [{ name: "Workshop" }] },
      })
    ).result
  )
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id: location.id, add: [channel.id] },
  })
  const profileId = await createShipping(container, location.id)
  const product = first(
    (
      await createProductsWorkflow(container).run({
        input: {
          products: [
            {
              title: "Poster",
              status: ProductStatus.PUBLISHED,
              shipping_profile_id: profileId,
              sales_channels: [{ id: channel.id }],
              options: [{ title: "Size", values: ["A3"] }],
              variants: [
                {
                  title: "A3",
                  sku: "POSTER-A3",
                  options: { Size: "A3" },
                  prices: [{ currency_code: "usd", amount: 20 }],
                },
              ],
            },
          ],
        },
      })
    ).result
  )
  const [item] = await container.resolve(Modules.INVENTORY).listInventoryItems({ sku: "POSTER-A3" })
  await createInventoryLevelsWorkflow(container).run({
    input: {
      inventory_levels: [
        { inventory_item_id: item?.id ?? "", location_id: location.id, stocked_quantity: stock },
      ],
    },
  })
  const apiKey = first(
    (
      await createApiKeysWorkflow(container).run({
        input: { api_keys: [{ title: "Workshop", type: "secret", created_by: "spec" }] },
      })
    ).result
  )
  return { variantId: first(product.variants).id, productId: product.id, apiKey: apiKey.token }
}

async function createShipping(container: MedusaContainer, locationId: string): Promise<string> {
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const profile = first(
    (
      await createShippingProfilesWorkflow(container).run({
        input: { data: [{ name: "Goods", type: "goods" }] },
      })
    ).result
  )
  const set = await fulfillment.createFulfillmentSets({
    name: "Parcels",
    type: "shipping",
    service_zones: [{ name: "US", geo_zones: [{ type: "country", country_code: "us" }] }],
  })
  await link.create([
    {
      [Modules.STOCK_LOCATION]: { stock_location_id: locationId },
      [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
    },
    {
      [Modules.STOCK_LOCATION]: { stock_location_id: locationId },
      [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
    },
  ])
  await createShippingOptionsWorkflow(container).run({
    input: [
      { name: "Express", amount: 14.9 },
      { name: "Standard", amount: 5.9 },
    ].map(({ name, amount }) => ({
      name,
      price_type: "flat" as const,
      provider_id: "manual_manual",
      service_zone_id: first(set.service_zones).id,
      shipping_profile_id: profile.id,
      type: { label: name, description: name, code: name.toLowerCase() },
      prices: [{ currency_code: "usd", amount }],
      rules: [
        { attribute: "enabled_in_store", operator: "eq" as const, value: "true" },
        { attribute: "is_return", operator: "eq" as const, value: "false" },
      ],
    })),
  })
  return profile.id
}

export const ADDRESS = {
  first_name: "Ada",
  last_name: "Lovelace",
  address_1: "12 Engine Street",
  city: "Portland",
  postal_code: "97209",
  country_code: "us",
}

/** A body that `POST /checkout` takes. */
export function checkoutBody(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    email: "ada@example.com",
    shipping_address: ADDRESS,
    payment: { provider: "sandbox" },
    ...overrides,
  }
}

/** What a call came back with. */
export type Reply<T> = { status: number; body: T; headers: Headers }

/** A visitor without cookies, who keeps the key of the first answer. */
export class Buyer {
  key = "new"

  constructor(private readonly store: TestStore) {}

  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ): Promise<Reply<T>> {
    const response = await this.store.request(path, {
      method,
      headers: {
        "X-Session-Key": this.key,
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    this.key = response.headers.get("x-session-key") ?? this.key
    return {
      status: response.status,
      body: (await response.json()) as T,
      headers: response.headers,
    }
  }

  /** Puts pieces of a variant into the cart. */
  async fill(variantId: string, quantity = 1): Promise<void> {
    const reply = await this.call("POST", "/cart/items", {
      item: { variant_id: variantId, quantity },
    })
    if (reply.status !== 200) {
      throw new Error(`The cart refused the item: ${JSON.stringify(reply.body)}`)
    }
  }
}
