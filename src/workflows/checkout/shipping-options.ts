// The ways a cart can be shipped, with their prices, for an address that the cart need not have yet.
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  MathBN,
  remoteQueryObjectFromString,
} from "@medusajs/framework/utils"
import type { CheckoutCart } from "./cart-record"

/** Where to: what decides which service zones reach it. */
export type Destination = {
  country_code: string
  province?: string | null | undefined
  city?: string | null | undefined
  postal_code?: string | null | undefined
}

/** A way to ship. `amount` is in major units of the cart's currency, on the tax basis of the option's price. */
export type ShippingOption = {
  id: string
  name: string
  shipping_profile_id: string
  amount: BigNumberInput
  is_tax_inclusive: boolean
}

type OptionRecord = Omit<ShippingOption, "amount" | "is_tax_inclusive"> & {
  price_type: string
  calculated_price: {
    calculated_amount: BigNumberInput | null
    is_calculated_price_tax_inclusive: boolean
  } | null
}

/** The priced options that reach the destination from the cart's sales channel, cheapest first. */
export async function listShippingOptions(
  container: MedusaContainer,
  cart: CheckoutCart,
  to: Destination
): Promise<ShippingOption[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: channels } = await query.graph({
    entity: "sales_channel",
    fields: ["stock_locations.fulfillment_sets.id"],
    filters: { id: cart.sales_channel_id ?? "" },
  })
  const locations = (
    channels as unknown as { stock_locations?: { fulfillment_sets?: { id: string }[] }[] }[]
  ).flatMap((channel) => channel.stock_locations ?? [])
  const sets = locations.flatMap((location) => location.fulfillment_sets ?? []).map(({ id }) => id)
  if (sets.length === 0) {
    return []
  }
  const remoteQuery = container.resolve(ContainerRegistrationKeys.REMOTE_QUERY)
  const options: OptionRecord[] = await remoteQuery(
    remoteQueryObjectFromString({
      entryPoint: "shipping_options",
      fields: ["id", "name", "price_type", "shipping_profile_id", "calculated_price.*"],
      variables: {
        context: { is_return: "false", enabled_in_store: "true" },
        filters: {
          fulfillment_set_id: [...new Set(sets)],
          address: {
            country_code: to.country_code.toLowerCase(),
            ...(to.province ? { province_code: to.province } : {}),
            ...(to.city ? { city: to.city } : {}),
            ...(to.postal_code ? { postal_expression: to.postal_code } : {}),
          },
        },
        calculated_price: {
          context: { currency_code: cart.currency_code, region_id: cart.region_id },
        },
      },
    })
  )
  return options
    .flatMap(({ calculated_price, id, name, shipping_profile_id }) => {
      const amount = calculated_price?.calculated_amount
      const is_tax_inclusive = calculated_price?.is_calculated_price_tax_inclusive ?? false
      return amount == null ? [] : [{ id, name, shipping_profile_id, amount, is_tax_inclusive }]
    })
    .sort((a, b) => MathBN.sub(a.amount, b.amount).toNumber())
}

/**
 * One option for every shipping profile among the cart's lines: the wanted one where it fits, else the cheapest.
 * @returns null when a profile has no option.
 */
export function chooseShipping(
  cart: CheckoutCart,
  options: ShippingOption[],
  wantedId: string | undefined
): ShippingOption[] | null {
  const profiles = new Set(
    cart.items
      .filter((item) => item.requires_shipping)
      .map((item) => item.product?.shipping_profile?.id)
      .filter((id) => id !== undefined)
  )
  const chosen = [...profiles].map((profile) => {
    const fitting = options.filter((option) => option.shipping_profile_id === profile)
    return fitting.find((option) => option.id === wantedId) ?? fitting[0]
  })
  const found = chosen.filter((option) => option !== undefined)
  return found.length === chosen.length ? found : null
}
