// What a cart's checkout can choose from.
import type { MedusaContainer } from "@medusajs/framework/types"
import { toAmount } from "../catalog/money"
import { defaultCountry, readCheckoutCart, paymentProviders } from "./cart-record"
import { listShippingOptions } from "./shipping-options"

export type CheckoutOptions = {
  countries: { code: string; name: string }[]
  /** Amounts in major units of the cart's currency. */
  shipping_options: { id: string; name: string; amount: number; currency_code: string }[]
  payment_providers: { id: string }[]
}

/** The options of a cart; `countryCode` is where to, else the first country of the cart's region. */
export async function checkoutOptions(
  container: MedusaContainer,
  cartId: string | null,
  countryCode: string | undefined
): Promise<CheckoutOptions> {
  const cart = cartId ? await readCheckoutCart(container, cartId) : null
  if (!cart || cart.completed_at) {
    return { countries: [], shipping_options: [], payment_providers: [] }
  }
  const countries = cart.region?.countries ?? []
  const to = countryCode ?? defaultCountry(cart)
  const options = to ? await listShippingOptions(container, cart, { country_code: to }) : []
  return {
    countries: countries.map(({ iso_2, display_name }) => ({ code: iso_2, name: display_name })),
    shipping_options: options.map(({ id, name, amount }) => ({
      id,
      name,
      amount: toAmount(amount, cart.currency_code),
      currency_code: cart.currency_code,
    })),
    payment_providers: paymentProviders(cart).map((id) => ({ id })),
  }
}
