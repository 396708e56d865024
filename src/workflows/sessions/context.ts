// Everything a session's values are judged, priced and drawn by.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Issue, Validated } from "../../domain/issue"
import { quote, type Quote } from "../../domain/pricing/quote"
import type { Shaper } from "../../domain/rendering/shape"
import type { Selection } from "../../domain/selection/selection"
import { validateSelection, type SelectionContext } from "../../domain/selection/validate"
import type { VariantValues } from "../../domain/selection/variant"
import { notFound } from "../../lib/errors"
import type { OwnSession, SessionOwner, SessionUpload } from "../../modules/personalization/service"
import type { CatalogOptionSet } from "../catalog/option-sets"
import { personalization } from "../services"
import { boundInputs, variantOptions, type BoundInput } from "./bound-choices"
import { fontsOf } from "./drawing-facts"
import { pinnedDefinition, productFacts, readProductFacts, type ProductFacts } from "./facts"

export type SessionContext = SelectionContext & {
  session: OwnSession
  /** The session's options, and what its variant has of the product options that sets are bound to. */
  values: Record<string, unknown>
  bound: BoundInput[]
  variants: VariantValues[]
  /** Whether the catalog shows the product. */
  shown: boolean
  amounts: ProductFacts["amounts"]
  option_sets_priced: CatalogOptionSet[]
  upload_rows: SessionUpload[]
  /** The template's fonts; null where one of them is not to be had. */
  shaper: Shaper | null
}

/**
 * One's own session. One query.
 * @param input values that a change names: uploads among them are read too
 * @throws AppError 404 when it is unknown, expired, or somebody else's.
 */
export async function retrieveOwnSession(
  container: MedusaContainer,
  id: string,
  owner: SessionOwner,
  input: Record<string, unknown> = {}
): Promise<OwnSession> {
  const session = await personalization(container).sessions.findOwn(id, owner, uploadIdsIn(input))
  if (!session) {
    throw notFound("session")
  }
  return session
}

/** The ids of uploads that values name. */
export function uploadIdsIn(values: Record<string, unknown>): string[] {
  return Object.values(values).flatMap((value) => {
    const { upload_id } = (value ?? {}) as { upload_id?: unknown }
    return typeof upload_id === "string" ? [upload_id] : []
  })
}

/**
 * Gathers what belongs to a session: its pinned template (a deleted one too), its product's option sets (those that were
 * deleted since it began too), variants and prices. No query while the catalog stays as it is.
 * @param freshness `now` reads the product now, for what is bought
 */
export async function loadSessionContext(
  container: MedusaContainer,
  session: OwnSession,
  freshness: "catalog" | "now" = "catalog"
): Promise<SessionContext> {
  const [definition, facts] = await Promise.all([
    pinnedDefinition(container, session.template_id),
    freshness === "now" ? readProductFacts(container, session) : productFacts(container, session),
  ])
  const { option_sets: option_sets_priced, variants, amounts, shown } = facts
  const bound = boundInputs(definition, option_sets_priced)
  const option_sets = option_sets_priced.map((set) => ({
    key: set.key,
    // A bound set whose product option is gone has nothing to choose from.
    required: set.required && set.options.length > 0,
    values: set.options.map(({ value }) => value),
  }))
  const shaper = await fontsOf(container, definition)
  return withSession(
    { definition, shaper, bound, variants, shown, amounts, option_sets_priced, option_sets },
    session
  )
}

/** The context after a change of the session's own columns. */
export function withSession(
  context: Omit<SessionContext, "session" | "values" | "upload_rows" | "uploads">,
  session: OwnSession
): SessionContext {
  const variant = context.variants.find(({ id }) => id === session.variant_id)
  return {
    ...context,
    session,
    values: { ...session.options, ...variantOptions(context.bound, variant) },
    upload_rows: session.uploads,
    uploads: Object.fromEntries(session.uploads.map((upload) => [upload.id, upload])),
  }
}

/** The session's saved values, typed; what its template or option sets refuse by now comes back as issues. */
export function sessionSelection(context: SessionContext): {
  selection: Selection
  issues: Issue[]
} {
  const entries = Object.entries(context.values)
  const results = entries.map(([key, value]) => validateSelection(context, { [key]: value }))
  return {
    selection: Object.assign({}, ...results.map((result) => (result.success ? result.value : {}))),
    issues: results.flatMap((result) => (result.success ? [] : result.issues)),
  }
}

/**
 * The price of a selection for a variant, in the session's region and currency; an issue for every amount that does not
 * exist there.
 */
export function quoteSession(
  context: SessionContext,
  selection: Selection,
  variantId: string,
  path: Issue["path"] = ["variant_id"]
): Validated<Quote> {
  const { currency_code } = context.session
  const base_price = context.amounts.get(variantId)
  if (base_price === undefined) {
    const message = `The variant has no price in ${currency_code.toUpperCase()}.`
    return {
      success: false,
      issues: [{ path, code: "no_price_in_currency", message, params: { currency_code } }],
    }
  }
  return quote({
    definition: context.definition,
    selection,
    option_sets: context.option_sets_priced,
    base_price,
    currency_code,
  })
}
