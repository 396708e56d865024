// What a cart comes to: its parts add up to its total, and before there is an address tax and shipping are estimated.
import type {
  BigNumberInput,
  ItemTaxLineDTO,
  MedusaContainer,
  ShippingTaxLineDTO,
} from "@medusajs/framework/types"
import { decorateCartTotals, MathBN, Modules } from "@medusajs/framework/utils"
import { currencyDigits } from "../../domain/pricing/currency"
import type { Surcharge } from "../../domain/pricing/quote"
import { toAmount } from "../catalog/money"
import { defaultCountry, readCheckoutCart, type CheckoutCart } from "../checkout/cart-record"
import {
  chooseShipping,
  listShippingOptions,
  type ShippingOption,
} from "../checkout/shipping-options"
import { designIdOf } from "../designs/freeze-design"
import { cartDesigns, readCart, type CartRecord } from "./cart-record"

/** Amounts in major units of `currency_code`; subtotals are net of tax; total is the sum of the parts less the discount. */
export type CartTotals = {
  currency_code: string
  item_subtotal: number
  surcharge_total: number
  discount_total: number
  tax_total: number
  shipping_total: number
  total: number
  /** True while tax or shipping is a guess: there is no address or no shipping method yet. */
  estimated: boolean
}

type Figures = Pick<
  CartRecord,
  "item_subtotal" | "discount_subtotal" | "shipping_subtotal" | "tax_total" | "total"
>

/** The totals of no cart. */
export function emptyTotals(currency_code: string): CartTotals {
  return {
    currency_code,
    item_subtotal: 0,
    surcharge_total: 0,
    discount_total: 0,
    tax_total: 0,
    shipping_total: 0,
    total: 0,
    estimated: false,
  }
}

/** The totals of a cart. @param country whose tax is assumed while the cart has no address; default: the region's first. */
export async function cartTotals(
  container: MedusaContainer,
  cartId: string,
  country?: string
): Promise<CartTotals | null> {
  const cart = await readCart(container, cartId)
  if (!cart) {
    return null
  }
  const address = cart.shipping_address?.country_code ?? null
  const estimated = cart.items.length > 0 && (!address || cart.shipping_methods.length === 0)
  const figures = estimated ? await estimate(container, cart, country) : cart
  return { ...parts(cart, figures, await surchargesNet(container, cart)), estimated }
}

/**
 * Rounds every part once to the currency's decimals; tax is what is left to the rounded total, so that the parts always
 * add up to it.
 */
function parts(cart: CartRecord, figures: Figures, surcharges: BigNumberInput) {
  const currency = cart.currency_code
  const round = (amount: BigNumberInput) => MathBN.convert(amount, currencyDigits(currency))
  const total = round(figures.total)
  const surcharge = round(surcharges)
  const items = MathBN.sub(round(figures.item_subtotal), surcharge)
  const shipping = round(figures.shipping_subtotal)
  const discount = round(figures.discount_subtotal)
  const tax = MathBN.add(MathBN.sub(total, items, surcharge, shipping), discount)
  const amount = (value: BigNumberInput) => toAmount(value, currency)
  return {
    currency_code: currency,
    item_subtotal: amount(items),
    surcharge_total: amount(surcharge),
    discount_total: amount(discount),
    tax_total: amount(tax),
    shipping_total: amount(shipping),
    total: amount(total),
  }
}

/** The surcharges of all lines, net of the tax that an inclusive price holds. */
async function surchargesNet(
  container: MedusaContainer,
  cart: CartRecord
): Promise<BigNumberInput> {
  const designs = await cartDesigns(container, cart)
  return cart.items.reduce<BigNumberInput>((sum, item) => {
    const design = designs.get(designIdOf(item) ?? "")
    const lines = (design?.surcharges ?? []) as unknown as Surcharge[]
    const unit = lines.reduce<BigNumberInput>((all, { amount }) => MathBN.add(all, amount), 0)
    const gross = MathBN.mult(unit, item.quantity)
    const rate = item.is_tax_inclusive
      ? item.tax_lines.reduce<BigNumberInput>((all, line) => MathBN.add(all, line.rate), 0)
      : 0
    return MathBN.add(sum, MathBN.div(gross, MathBN.add(1, MathBN.div(rate, 100))))
  }, 0)
}

/** Medusa's own arithmetic on the cart's lines with a country's tax rates and the shipping that checkout would choose. */
async function estimate(
  container: MedusaContainer,
  cart: CartRecord,
  asked: string | undefined
): Promise<Figures> {
  const checkout = await readCheckoutCart(container, cart.id)
  const country =
    cart.shipping_address?.country_code ?? asked ?? (checkout && defaultCountry(checkout))
  const shipping =
    checkout && country && cart.shipping_methods.length === 0
      ? await cheapestShipping(container, checkout, country)
      : []
  const taxes = country ? await taxLines(container, cart, shipping, country) : []
  for (const item of cart.items) {
    item.tax_lines = taxes
      .filter((line): line is ItemTaxLineDTO => "line_item_id" in line)
      .filter((line) => line.line_item_id === item.id)
      .map(({ rate, code }) => ({ rate: rate ?? 0, code: code ?? "" }))
  }
  const shippingTaxes = taxes.filter(
    (line): line is ShippingTaxLineDTO => "shipping_line_id" in line
  )
  const methods = shipping.map(({ id, amount, is_tax_inclusive }) => ({
    id,
    amount,
    is_tax_inclusive,
    tax_lines: shippingTaxes
      .filter((line) => line.shipping_line_id === id)
      .map(({ rate }) => ({ rate: rate ?? 0 })),
  }))
  const totals = decorateCartTotals(
    {
      currency_code: cart.currency_code,
      items: cart.items.map((item) => ({ ...item })),
      shipping_methods:
        cart.shipping_methods.length > 0
          ? cart.shipping_methods.map((method) => ({ ...method }))
          : methods,
    },
    { includeTaxes: true }
  )
  // Medusa sets discount_subtotal here though its type does not tell.
  const { item_subtotal, discount_subtotal, shipping_subtotal, tax_total, total } =
    totals as typeof totals & Figures
  return { item_subtotal, discount_subtotal, shipping_subtotal, tax_total, total }
}

/** One option for every shipping profile of the cart; none when a profile cannot be shipped there. */
async function cheapestShipping(
  container: MedusaContainer,
  cart: CheckoutCart,
  country: string
): Promise<ShippingOption[]> {
  const options = await listShippingOptions(container, cart, { country_code: country })
  return chooseShipping(cart, options, undefined) ?? []
}

function taxLines(
  container: MedusaContainer,
  cart: CartRecord,
  shipping: ShippingOption[],
  country: string
) {
  const { currency_code } = cart
  return container.resolve(Modules.TAX).getTaxLines(
    [
      ...cart.items.map(({ id, product_id, quantity, unit_price }) => ({
        id,
        product_id: product_id ?? "",
        quantity,
        unit_price,
        currency_code,
      })),
      ...shipping.map(({ id, amount }) => ({
        id,
        shipping_option_id: id,
        unit_price: amount,
        currency_code,
      })),
    ],
    { address: { country_code: country } }
  )
}
