// Judges a checkout before anything is changed: every fault at once, or the plan for placing the order.
import type { ConfigModule, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, parseCorsOrigins } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import { invalid } from "../../lib/errors"
import { findCartIssues } from "../carts/cart-issues"
import { personalization } from "../services"
import {
  readCheckoutCart,
  paymentProviders,
  resolveProvider,
  type CheckoutCart,
} from "./cart-record"
import { chooseShipping, listShippingOptions } from "./shipping-options"
import type { CheckoutBody } from "./types"

/** What a checkout that was judged good will do. */
export type CheckoutPlan = {
  cart: CheckoutCart
  provider_id: string
  shipping_option_ids: string[]
}

/** @throws AppError 400 with every fault of cart, address, shipping and payment. */
export async function planCheckout(
  container: MedusaContainer,
  cartId: string,
  body: CheckoutBody
): Promise<CheckoutPlan> {
  const cart = await readCheckoutCart(container, cartId)
  if (!cart || cart.completed_at || cart.items.length === 0) {
    throw emptyCart()
  }
  const issues = await findCartIssues(container, cartId)
  issues.push(...addressIssues(cart, body), ...returnUrlIssues(container, body))
  const shipping = await planShipping(container, cart, body)
  issues.push(...shipping.issues)
  const offered = paymentProviders(cart)
  const provider = resolveProvider(offered, body.payment.provider)
  if (!provider) {
    issues.push({
      path: ["payment", "provider"],
      code: "unknown_payment_provider",
      message: `payment.provider must be one of ${offered.join(", ") || "none: the region has no provider"}.`,
      params: { allowed: offered },
    })
  }
  if (issues.length > 0 || !provider) {
    throw refusal(issues)
  }
  return { cart, provider_id: provider, shipping_option_ids: shipping.ids }
}

/** The answer to a checkout with faults; a single one gives it its code. */
export function refusal(issues: Issue[]) {
  return invalid(issues, issues.length === 1 ? issues[0]?.code : undefined)
}

/** The answer to a checkout without anything to check out. */
export function emptyCart() {
  return invalid(
    [{ path: ["cart"], code: "cart_empty", message: "The cart is empty: add an item first." }],
    "cart_empty"
  )
}

function addressIssues(cart: CheckoutCart, body: CheckoutBody): Issue[] {
  const served = cart.region?.countries.map(({ iso_2 }) => iso_2) ?? []
  const country = body.shipping_address.country_code.toLowerCase()
  return served.includes(country)
    ? []
    : [
        {
          path: ["shipping_address", "country_code"],
          code: "country_not_served",
          message: `shipping_address.country_code must be one of the cart's region: ${served.join(", ")}.`,
          params: { allowed: served },
        },
      ]
}

async function planShipping(
  container: MedusaContainer,
  cart: CheckoutCart,
  body: CheckoutBody
): Promise<{ ids: string[]; issues: Issue[] }> {
  if (!cart.items.some((item) => item.requires_shipping)) {
    return { ids: [], issues: [] }
  }
  const options = await listShippingOptions(container, cart, body.shipping_address)
  const wanted = body.shipping_option_id
  if (wanted !== undefined && !options.some(({ id }) => id === wanted)) {
    return {
      ids: [],
      issues: [
        {
          path: ["shipping_option_id"],
          code: "unknown_shipping_option",
          message: "shipping_option_id is not an option for this cart and address.",
          params: { allowed: options.map(({ id }) => id) },
        },
      ],
    }
  }
  const chosen = chooseShipping(cart, options, wanted)
  return chosen
    ? { ids: chosen.map(({ id }) => id), issues: [] }
    : {
        ids: [],
        issues: [
          {
            path: ["shipping_address"],
            code: "no_shipping_option",
            message: "Nothing ships every line of the cart to this address.",
          },
        ],
      }
}

/** Customers are only sent to the store's own sites, else a checkout link could lead anywhere. */
function returnUrlIssues(container: MedusaContainer, body: CheckoutBody): Issue[] {
  return (["return_url", "cancel_url"] as const).flatMap((field): Issue[] => {
    const url = body.payment[field]
    return url === undefined || isAllowedUrl(container, url)
      ? []
      : [
          {
            path: ["payment", field],
            code: "origin_not_allowed",
            message: `payment.${field} must be an http(s) address on one of the store's origins.`,
          },
        ]
  })
}

/** Whether a URL belongs to this server or to one of the origins in `storeCors`. */
export function isAllowedUrl(container: MedusaContainer, url: string): boolean {
  if (!URL.canParse(url)) {
    return false
  }
  const { origin, protocol } = new URL(url)
  if (protocol !== "http:" && protocol !== "https:") {
    return false
  }
  const config: ConfigModule = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const origins = parseCorsOrigins(config.projectConfig.http.storeCors)
  return (
    origin === new URL(personalization(container).options.public_url).origin ||
    origins.some((allowed) =>
      typeof allowed === "string" ? allowed === origin : allowed.test(origin)
    )
  )
}
