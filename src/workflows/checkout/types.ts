// What the checkout takes and answers.
import type { PaymentHandoff } from "../../modules/personalization_production/types"

export type CheckoutAddress = {
  first_name: string
  last_name: string
  company?: string | undefined
  address_1: string
  address_2?: string | undefined
  city: string
  province?: string | undefined
  postal_code?: string | undefined
  /** ISO 3166-1 alpha-2. */
  country_code: string
  phone?: string | undefined
}

export type CheckoutBody = {
  email: string
  shipping_address: CheckoutAddress
  /** The shipping address when left out. */
  billing_address?: CheckoutAddress | undefined
  /** The only or the cheapest option when left out. */
  shipping_option_id?: string | undefined
  payment: {
    /** A provider's id, or its short name. */
    provider: string
    /** Where the provider sends the customer afterwards; its origin must be one of the store's. */
    return_url?: string | undefined
    cancel_url?: string | undefined
  }
}

export type CheckoutInput = {
  visitor: { id: string; cart_id: string | null }
  /** Marks a retry; unique for the visitor. */
  idempotency_key: string | null
  body: CheckoutBody
}

/** What the customer pays with; null when there is nothing to pay. */
export type PaymentAnswer = ({ provider: string } & PaymentHandoff) | null

export type CheckoutAnswer = {
  orderId: string
  status: string
  currency_code: string
  /** Major units. */
  total: number
  order_token: string
  payment: PaymentAnswer
}
