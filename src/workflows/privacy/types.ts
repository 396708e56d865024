// What is exported of a person, and what an erasure comes to.
import type { KeptReason } from "../retention/anonymize"
import type { RemovalCounts } from "../retention/counts"

/** A person: a customer of the store, or whoever holds a visitor's key. */
export type Person = { customer_id: string } | { visitor_key: string }

/**
 * A person as workflows get them, so that no key reaches what is kept of a workflow: with `hashVisitorKey` of the key in place
 * of the key.
 */
export type PersonKey = { customer_id: string } | { visitor_key_hash: string }

/**
 * Everything that is stored of a person. Times are ISO 8601 UTC; amounts are decimal strings in major units of their
 * `currency_code`; links live for a day.
 */
export type PersonalExport = {
  /** Grows when a field changes its meaning; fields may be added. */
  format: 1
  exported_at: string
  subject: { kind: "customer"; customer_id: string } | { kind: "visitor" }
  /** The visitor of the key. Empty for a customer, since several persons may have used one browser. */
  visitors: {
    id: string
    /** The open cart in Medusa. */
    cart_id: string | null
    created_at: string
    expires_at: string
  }[]
  sessions: {
    id: string
    visitor_id: string
    customer_id: string | null
    product_id: string
    variant_id: string | null
    template_id: string
    template_version: number
    /** The person's values by zone. */
    options: Record<string, unknown>
    revision: number
    currency_code: string
    created_at: string
    updated_at: string
    expires_at: string
  }[]
  uploads: {
    id: string
    session_id: string
    visitor_id: string
    mime_type: string
    /** Pixels. */
    width: number
    height: number
    /** As sent. */
    bytes: number
    created_at: string
    /** The picture as it is kept: without what a camera wrote into it. */
    url: string
  }[]
  /** Previews and print files. */
  renders: {
    id: string
    session_id: string | null
    order_id: string | null
    target: "preview" | "thumbnail" | "print"
    status: string
    created_at: string
    views: { view: string; width: number; height: number; url: string }[]
  }[]
  /** What was put into a cart or ordered, as it was frozen then. */
  designs: {
    id: string
    session_id: string | null
    product_id: string
    variant_id: string
    template_id: string
    template_version: number
    options: Record<string, unknown>
    surcharges: unknown
    currency_code: string
    base_price: string
    unit_price: string
    created_at: string
    anonymized_at: string | null
  }[]
  orders: {
    order_id: string
    display_id: number | null
    status: string
    currency_code: string
    total: string
    tracking_number: string | null
    tracking_url: string | null
    created_at: string
    history: { status: string; at: string; reason: string | null }[]
  }[]
  /** Events about the orders, with every attempt to send them to a partner. */
  webhooks: {
    id: string
    event: string
    order_id: string | null
    created_at: string
    /** What is sent. */
    body: unknown
    attempts: {
      sent_at: string
      /** The receiver's host name; `internal` for the store's own workshop. */
      host: string
      response_status: number | null
      response_body: string | null
    }[]
  }[]
}

/** How many of each were removed or anonymised for a person. */
export type ErasedCounts = Omit<RemovalCounts, "rate_limits">

export type Erasure = {
  erased: ErasedCounts
  /** Orders that still need something of the person. It goes within an hour of the reason's end. */
  kept: { order_id: string; reason: KeptReason }[]
}
