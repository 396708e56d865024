// Everything a session's values are judged, priced and drawn by.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Issue } from "../../domain/issue"
import { quote, type Quote } from "../../domain/pricing/quote"
import type { Selection } from "../../domain/selection/selection"
import { validateSelection, type SelectionContext } from "../../domain/selection/validate"
import type { VariantValues } from "../../domain/selection/variant"
import { readStored } from "../../domain/template/stored"
import { invalid, notFound } from "../../lib/errors"
import type { SessionRow, TemplateRow, UploadRow } from "../../modules/personalization/service"
import { listPricedOptionSets, type CatalogOptionSet } from "../catalog/option-sets"
import { variantPrice } from "../catalog/products"
import { readVariants } from "../option-sets/product-options"
import { personalization } from "../services"
import { boundInputs, variantOptions, type BoundInput } from "./bound-choices"

export type SessionContext = SelectionContext & {
  session: SessionRow
  /** The session's options, and what its variant has of the product options that sets are bound to. */
  values: Record<string, unknown>
  bound: BoundInput[]
  /** The product's variants; left empty when no set is bound. */
  variants: VariantValues[]
  template: TemplateRow
  option_sets_priced: CatalogOptionSet[]
  upload_rows: UploadRow[]
}

/** A visitor's session. @throws AppError 404 when it is unknown, expired, or somebody else's. */
export async function retrieveOwnSession(
  container: MedusaContainer,
  id: string,
  visitorId: string
): Promise<SessionRow> {
  const [session] = await personalization(container).listSessions({ id, visitor_id: visitorId })
  if (!session || session.expires_at <= new Date()) {
    throw notFound("session")
  }
  return session
}

/**
 * Loads what belongs to a session: its pinned template (a deleted one too), option sets (those that were deleted since it
 * began too) and uploads.
 */
export async function loadSessionContext(
  container: MedusaContainer,
  session: SessionRow
): Promise<SessionContext> {
  const service = personalization(container)
  const [[template], option_sets_priced, upload_rows] = await Promise.all([
    service.listTemplates({ id: session.template_id }, { withDeleted: true, take: 1 }),
    listPricedOptionSets(container, session.product_id, session, session.created_at),
    service.listUploads({ session_id: session.id }),
  ])
  if (!template) {
    throw notFound("template")
  }
  const definition = readStored(template.definition)
  const bound = boundInputs(definition, option_sets_priced)
  const variants =
    bound.length > 0 ? ((await readVariants(container, session.product_id)) ?? []) : []
  const variant = variants.find(({ id }) => id === session.variant_id)
  return {
    session,
    values: { ...session.options, ...variantOptions(bound, variant) },
    bound,
    variants,
    template,
    definition,
    option_sets_priced,
    option_sets: option_sets_priced.map((set) => ({
      key: set.key,
      // A bound set whose product option is gone has nothing to choose from.
      required: set.required && set.options.length > 0,
      values: set.options.map(({ value }) => value),
    })),
    upload_rows,
    uploads: Object.fromEntries(upload_rows.map((upload) => [upload.id, upload])),
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
 * The price of a selection for a variant, in the session's region and currency.
 * @throws AppError 400 with an issue for every amount that does not exist there.
 */
export async function quoteSession(
  container: MedusaContainer,
  context: SessionContext,
  selection: Selection,
  variantId: string,
  path: Issue["path"] = ["variant_id"]
): Promise<Quote> {
  const { session } = context
  const base_price = await variantPrice(container, variantId, session)
  if (base_price === null) {
    throw invalid([
      {
        path,
        code: "no_price_in_currency",
        message: `The variant has no price in ${session.currency_code.toUpperCase()}.`,
        params: { currency_code: session.currency_code },
      },
    ])
  }
  const result = quote({
    definition: context.definition,
    selection,
    option_sets: context.option_sets_priced,
    base_price,
    currency_code: session.currency_code,
  })
  if (!result.success) {
    throw invalid(result.issues, "no_price_in_currency")
  }
  return result.value
}
