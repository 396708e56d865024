// Where goods are kept and how they travel: the stock location, its shipping zones and flat rates.
import {
  createLinksWorkflow,
  createLocationFulfillmentSetWorkflow,
  createServiceZonesWorkflow,
  createShippingOptionsWorkflow,
  createShippingProfilesWorkflow,
  createStockLocationsWorkflow,
  deleteShippingOptionsWorkflow,
  linkSalesChannelsToStockLocationWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { defaultSalesChannel, SHIPPING_ZONES } from "./store"

const LOCATION = "Workshop"
const FULFILLMENT_SET = "Workshop shipping"
const PROVIDER = "manual_manual"

/** Flat rates a shipment in major units; EUR with VAT, USD without sales tax. */
const RATES = [
  {
    name: "Standard",
    code: "standard",
    description: "Three to five working days",
    usd: 5.9,
    eur: 4.9,
  },
  { name: "Express", code: "express", description: "Next working day", usd: 14.9, eur: 12.9 },
]

/** The default shipping profile, created if there is none. @returns its id */
export async function seedShippingProfile(container: MedusaContainer): Promise<string> {
  const [existing] = await container
    .resolve(Modules.FULFILLMENT)
    .listShippingProfiles({ type: "default" }, { take: 1 })
  if (existing) {
    return existing.id
  }
  const { result } = await createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default Shipping Profile", type: "default" }] },
  })
  return first(result, "shipping profile").id
}

/** The stock location and its link to the shop's sales channel and fulfillment provider. @returns its id */
export async function seedStockLocation(container: MedusaContainer): Promise<string> {
  const [existing] = await container
    .resolve(Modules.STOCK_LOCATION)
    .listStockLocations({ name: LOCATION }, { take: 1 })
  const location =
    existing ??
    first(
      (
        await createStockLocationsWorkflow(container).run({
          input: {
            locations: [
              {
                name: LOCATION,
                address: {
                  address_1: "1 Press Lane",
                  city: "Portland",
                  postal_code: "97209",
                  country_code: "us",
                },
              },
            ],
          },
        })
      ).result,
      "stock location"
    )
  // Making a link that is there already changes nothing.
  await linkSalesChannelsToStockLocationWorkflow(container).run({
    input: { id: location.id, add: [await defaultSalesChannel(container)] },
  })
  await createLinksWorkflow(container).run({
    input: [
      {
        [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
        [Modules.FULFILLMENT]: { fulfillment_provider_id: PROVIDER },
      },
    ],
  })
  return location.id
}

/** Shipping zones for both regions, each with a standard and an express rate in both currencies. */
export async function seedShipping(
  container: MedusaContainer,
  { location_id, profile_id }: { location_id: string; profile_id: string }
): Promise<void> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  const find = async () =>
    (
      await fulfillment.listFulfillmentSets(
        { name: FULFILLMENT_SET },
        { relations: ["service_zones"], take: 1 }
      )
    )[0]
  if (!(await find())) {
    await createLocationFulfillmentSetWorkflow(container).run({
      input: { location_id, fulfillment_set_data: { name: FULFILLMENT_SET, type: "shipping" } },
    })
  }
  const set = await find()
  if (!set) {
    throw new Error("Medusa created no fulfillment set.")
  }
  await createLinksWorkflow(container).run({
    input: [
      {
        [Modules.STOCK_LOCATION]: { stock_location_id: location_id },
        [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
      },
    ],
  })
  const missingZones = SHIPPING_ZONES.filter(
    ({ name }) => !set.service_zones.some((zone) => zone.name === name)
  )
  if (missingZones.length > 0) {
    await createServiceZonesWorkflow(container).run({
      input: {
        data: missingZones.map(({ name, countries }) => ({
          name,
          fulfillment_set_id: set.id,
          geo_zones: countries.map((country_code) => ({ type: "country" as const, country_code })),
        })),
      },
    })
  }
  const zones = (await find())?.service_zones ?? []
  const existing = await pricedOptions(
    container,
    zones.map(({ id }) => id)
  )
  const missingOptions = zones.flatMap((zone) =>
    RATES.filter(
      ({ name }) =>
        !existing.some((option) => option.name === name && option.service_zone_id === zone.id)
    ).map(({ name, code, description, usd, eur }) => ({
      name,
      price_type: "flat" as const,
      provider_id: PROVIDER,
      service_zone_id: zone.id,
      shipping_profile_id: profile_id,
      type: { label: name, description, code },
      prices: [
        { currency_code: "usd", amount: usd },
        { currency_code: "eur", amount: eur },
      ],
      rules: [
        { attribute: "enabled_in_store", operator: "eq" as const, value: "true" },
        { attribute: "is_return", operator: "eq" as const, value: "false" },
      ],
    }))
  )
  if (missingOptions.length > 0) {
    await createShippingOptionsWorkflow(container).run({ input: missingOptions })
  }
}

type OptionRow = { id: string; name: string; service_zone_id: string; prices?: { id: string }[] }

/** The zones' shipping options with prices; those that an interrupted run left without are removed. */
async function pricedOptions(
  container: MedusaContainer,
  service_zone_id: string[]
): Promise<OptionRow[]> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "shipping_option",
    fields: ["id", "name", "service_zone_id", "prices.id"],
    filters: { service_zone_id },
  })
  const options: OptionRow[] = data
  const bare = options.filter(({ prices = [] }) => prices.length === 0)
  if (bare.length > 0) {
    await deleteShippingOptionsWorkflow(container).run({
      input: { ids: bare.map(({ id }) => id) },
    })
  }
  return options.filter((option) => !bare.includes(option))
}

function first<T>(rows: T[], kind: string): T {
  const [row] = rows
  if (!row) {
    throw new Error(`Medusa created no ${kind}.`)
  }
  return row
}
