// The store's currencies, its regions with taxes and payment providers, and the storefront's publishable key.
import {
  createApiKeysWorkflow,
  createRegionsWorkflow,
  createTaxRegionsWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
  updateRegionsWorkflow,
  updateStoresWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

/** Standard rates in percent. The United States have one rate for the whole country: enough for a demo. */
const TAX_RATES = [
  { country_code: "us", name: "Sales tax", code: "SALES", rate: 8.25 },
  { country_code: "at", name: "USt", code: "VAT-AT", rate: 20 },
  { country_code: "be", name: "TVA", code: "VAT-BE", rate: 21 },
  { country_code: "de", name: "MwSt", code: "VAT-DE", rate: 19 },
  { country_code: "es", name: "IVA", code: "VAT-ES", rate: 21 },
  { country_code: "fr", name: "TVA", code: "VAT-FR", rate: 20 },
  { country_code: "ie", name: "VAT", code: "VAT-IE", rate: 23 },
  { country_code: "it", name: "IVA", code: "VAT-IT", rate: 22 },
  { country_code: "nl", name: "BTW", code: "VAT-NL", rate: 21 },
]

const COUNTRIES = {
  us: ["us"],
  europe: TAX_RATES.map(({ country_code }) => country_code).filter((code) => code !== "us"),
}

/** EUR prices include VAT, as European law wants them shown; USD prices do not include sales tax. */
const REGIONS = [
  {
    name: "United States",
    currency_code: "usd",
    countries: COUNTRIES.us,
    is_tax_inclusive: false,
  },
  { name: "Europe", currency_code: "eur", countries: COUNTRIES.europe, is_tax_inclusive: true },
]

/** Providers offered to customers when the app has them; the system's provider takes no money. */
const PAYMENT_PROVIDERS = ["pp_sandbox_sandbox", "pp_stripe_stripe", "pp_paypal_paypal"]

/** Two-letter country codes by shipping zone. */
export const SHIPPING_ZONES = [
  { name: "United States", countries: COUNTRIES.us },
  { name: "Europe", countries: COUNTRIES.europe },
]

/** Creates missing regions and tax regions, and makes USD and the United States the store's defaults. */
export async function seedRegions(container: MedusaContainer): Promise<void> {
  const [store] = await container
    .resolve(Modules.STORE)
    .listStores({}, { relations: ["supported_currencies"], take: 1 })
  if (!store) {
    throw new Error("The app has no store; Medusa creates one when it starts.")
  }
  const currencies = store.supported_currencies ?? []
  const [preference] = await container
    .resolve(Modules.PRICING)
    .listPricePreferences({ attribute: ["currency_code"], value: ["eur"] }, { take: 1 })
  if (!preference || !currencies.some(({ currency_code }) => currency_code === "usd")) {
    await updateStoresWorkflow(container).run({
      input: {
        selector: { id: store.id },
        update: {
          name: "Personalization Demo",
          supported_currencies: [
            { currency_code: "usd", is_default: true, is_tax_inclusive: false },
            { currency_code: "eur", is_default: false, is_tax_inclusive: true },
          ],
        },
      },
    })
  }
  await seedTaxRegions(container)
  const regions = container.resolve(Modules.REGION)
  const existing = await regions.listRegions({
    name: { $in: REGIONS.map(({ name }) => name) },
  })
  const missing = REGIONS.filter(({ name }) => !existing.some((region) => region.name === name))
  if (missing.length > 0) {
    await createRegionsWorkflow(container).run({
      input: { regions: missing.map((region) => ({ ...region, automatic_taxes: true })) },
    })
  }
  await seedPaymentProviders(container)
  if (!store.default_region_id) {
    const [home] = await regions.listRegions({ name: "United States" }, { take: 1 })
    await updateStoresWorkflow(container).run({
      input: { selector: { id: store.id }, update: { default_region_id: home?.id ?? null } },
    })
  }
}

async function seedTaxRegions(container: MedusaContainer): Promise<void> {
  const existing = await container
    .resolve(Modules.TAX)
    .listTaxRegions({ country_code: TAX_RATES.map(({ country_code }) => country_code) })
  const missing = TAX_RATES.filter(
    ({ country_code }) => !existing.some((region) => region.country_code === country_code)
  )
  if (missing.length > 0) {
    await createTaxRegionsWorkflow(container).run({
      input: missing.map(({ country_code, ...rate }) => ({
        country_code,
        provider_id: "tp_system",
        default_tax_rate: rate,
      })),
    })
  }
}

type RegionRow = { id: string; payment_providers?: { id: string }[] }

/** Offers the app's payment providers in every region that has none yet. */
async function seedPaymentProviders(container: MedusaContainer): Promise<void> {
  const providers = await container
    .resolve(Modules.PAYMENT)
    .listPaymentProviders({ id: PAYMENT_PROVIDERS, is_enabled: true })
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "region",
    fields: ["id", "payment_providers.id"],
  })
  const regions: RegionRow[] = data
  const bare = regions.filter((region) => (region.payment_providers ?? []).length === 0)
  if (bare.length > 0 && providers.length > 0) {
    await updateRegionsWorkflow(container).run({
      input: {
        selector: { id: bare.map(({ id }) => id) },
        update: { payment_providers: providers.map(({ id }) => id) },
      },
    })
  }
}

/** The store's default sales channel, in which the catalog is sold. */
export async function defaultSalesChannel(container: MedusaContainer): Promise<string> {
  const [store] = await container.resolve(Modules.STORE).listStores({}, { take: 1 })
  if (!store?.default_sales_channel_id) {
    throw new Error("The store has no default sales channel; Medusa creates one when it starts.")
  }
  return store.default_sales_channel_id
}

type PublishableKey = {
  id: string
  token: string
  revoked_at: Date | null
  sales_channels?: { id: string }[]
}

/** A publishable key of the default sales channel: an existing one, or a new one. @returns its token, no secret. */
export async function seedPublishableKey(container: MedusaContainer): Promise<string> {
  const channel = await defaultSalesChannel(container)
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "api_key",
    fields: ["id", "token", "revoked_at", "sales_channels.id"],
    filters: { type: "publishable" },
  })
  const keys: PublishableKey[] = data
  const usable = keys.filter((key) => !key.revoked_at)
  const linked = usable.find((key) => key.sales_channels?.some(({ id }) => id === channel))
  if (linked) {
    return linked.token
  }
  const key = usable[0] ?? (await createPublishableKey(container))
  await linkSalesChannelsToApiKeyWorkflow(container).run({ input: { id: key.id, add: [channel] } })
  return key.token
}

async function createPublishableKey(
  container: MedusaContainer
): Promise<{ id: string; token: string }> {
  const { result } = await createApiKeysWorkflow(container).run({
    input: { api_keys: [{ title: "Storefront", type: "publishable", created_by: "" }] },
  })
  const [key] = result
  if (!key) {
    throw new Error("Medusa created no publishable key.")
  }
  return key
}
