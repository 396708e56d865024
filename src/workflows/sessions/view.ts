// A session as its visitor reads it.
import type { Issue } from "../../domain/issue"
import { toWireIssue, type WireIssue } from "../../lib/errors"
import type { Quote } from "../../domain/pricing/quote"
import { preflight } from "../../domain/rendering/preflight"
import { missingInputs } from "../../domain/selection/validate"
import { toAmount } from "../catalog/money"
import { quoteSession, sessionSelection, type SessionContext } from "./context"

/** A price quote on the wire; amounts in major units of `currency_code`, per unit. */
export type QuoteView = {
  currency_code: string
  base_price: number
  surcharges: { path: string; label: string; amount: number }[]
  unit_price: number
}
export type SessionView = {
  id: string
  product_id: string
  variant_id: string | null
  template_id: string
  template_version: number
  /** The version of a newer default template, when there is one. */
  newer_version?: number
  /** The visitor's values; those of bound option sets as the variant has them. */
  options: Record<string, unknown>
  revision: number
  expires_at: string
  /** Whether it can be bought as it is. */
  complete: boolean
  /** The keys of what must still be filled in; `variant_id` when a variant is to be chosen and no option set does it. */
  missing: string[]
  warnings: WireIssue[]
  /** null until a variant is chosen, or when something has no price in the currency (see `warnings`). */
  price: QuoteView | null
}

/** The view, with completeness and a live price from the pinned template. Pure. */
export function buildSessionView(context: SessionContext): SessionView {
  const { session } = context
  const { selection, issues } = sessionSelection(context)
  const missing = missingInputs(context, selection)
  const gone = variantIssue(context)
  const unchosen =
    session.variant_id === null && !context.bound.some(({ key }) => missing.includes(key))
  const quoted =
    session.variant_id === null || gone
      ? null
      : quoteSession(context, selection, session.variant_id)
  const faults = [
    ...issues,
    ...(gone ? [gone] : []),
    ...(quoted?.success === false ? quoted.issues : []),
  ]
  const left = unchosen ? [...missing, "variant_id"] : missing
  return {
    id: session.id,
    product_id: session.product_id,
    variant_id: session.variant_id,
    template_id: session.template_id,
    template_version: session.template_version,
    ...(session.default_version !== null && session.default_version > session.template_version
      ? { newer_version: session.default_version }
      : {}),
    options: context.values,
    revision: session.revision,
    expires_at: session.expires_at.toISOString(),
    complete: left.length === 0 && faults.length === 0,
    missing: left,
    warnings: [...faults, ...preflight(context, selection, context.shaper)].map(toWireIssue),
    price: quoted?.success ? quoteView(quoted.value) : null,
  }
}

function quoteView({ currency_code, base_price, surcharges, unit_price }: Quote): QuoteView {
  const amount = (value: string) => toAmount(value, currency_code)
  return {
    currency_code,
    base_price: amount(base_price),
    surcharges: surcharges.map((line) => ({ ...line, amount: amount(line.amount) })),
    unit_price: amount(unit_price),
  }
}

/** What became of the session's product or variant since it was chosen. */
function variantIssue({ session, variants, shown }: SessionContext): Issue | null {
  const path = ["variant_id"]
  const code = "unknown_variant"
  if (!shown) {
    return { path, code, message: "The product is not sold any more." }
  }
  return session.variant_id === null || variants.some(({ id }) => id === session.variant_id)
    ? null
    : { path, code, message: "The variant is not sold any more: choose another." }
}
