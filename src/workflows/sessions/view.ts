// A session as its visitor reads it.
import type { MedusaContainer } from "@medusajs/framework/types"
import { toAppError, toWireIssue, type WireIssue } from "../../lib/errors"
import type { SessionRow } from "../../modules/personalization/service"
import { toAmount } from "../catalog/money"
import { personalization } from "../services"
import { missingInputs, selectionWarnings } from "../../domain/selection/validate"
import { loadSessionContext, quoteSession, sessionSelection } from "./context"

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
  complete: boolean
  missing: string[]
  warnings: WireIssue[]
  /** null until a variant is chosen, or when something has no price in the currency (see `warnings`). */
  price: QuoteView | null
}

/** Builds the view, with completeness and a live price from the pinned template. */
export async function buildSessionView(
  container: MedusaContainer,
  session: SessionRow
): Promise<SessionView> {
  const context = await loadSessionContext(container, session)
  const { selection, issues } = sessionSelection(context)
  const missing = missingInputs(context, selection)
  const warnings = [...issues, ...selectionWarnings(context, selection)]
  let price: QuoteView | null = null
  if (session.variant_id) {
    try {
      const quoted = await quoteSession(container, context, selection, session.variant_id)
      const amount = (value: string) => toAmount(value, quoted.currency_code)
      price = {
        currency_code: quoted.currency_code,
        base_price: amount(quoted.base_price),
        surcharges: quoted.surcharges.map((line) => ({ ...line, amount: amount(line.amount) })),
        unit_price: amount(quoted.unit_price),
      }
    } catch (error) {
      const known = toAppError(error)
      if (!known) {
        throw error
      }
      warnings.push(...(known.details.issues ?? []))
    }
  }
  const [latest] = await personalization(container).listTemplates(
    { product_id: session.product_id, is_default: true },
    { select: ["version"], take: 1 }
  )
  return {
    id: session.id,
    product_id: session.product_id,
    variant_id: session.variant_id,
    template_id: session.template_id,
    template_version: session.template_version,
    ...(latest && latest.version > session.template_version
      ? { newer_version: latest.version }
      : {}),
    options: context.values,
    revision: session.revision,
    expires_at: session.expires_at.toISOString(),
    complete: missing.length === 0 && issues.length === 0,
    missing,
    warnings: warnings.map(toWireIssue),
    price,
  }
}
