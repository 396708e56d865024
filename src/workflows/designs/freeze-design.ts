// Freezes a session into a design: what is sold from now on, whatever happens to session, template or prices.
import type { MedusaContainer } from "@medusajs/framework/types"
import { createHash } from "node:crypto"
import type { Quote } from "../../domain/pricing/quote"
import type { Issue } from "../../domain/issue"
import { freezeSelection, type FrozenSelection } from "../../domain/selection/freeze"
import { missingInputs, toOptions } from "../../domain/selection/validate"
import { invalid } from "../../lib/errors"
import type { DesignRow, HeldDesign, OwnSession } from "../../modules/personalization/service"
import type { PriceContext } from "../catalog/region"
import { rendersHash, viewsOf } from "../rendering/plan-input"
import { personalization } from "../services"
import {
  loadSessionContext,
  quoteSession,
  sessionSelection,
  uploadIdsIn,
  withSession,
} from "../sessions/context"
import { contradictions } from "../sessions/bound-choices"
import { sessionEnd } from "../sessions/session-end"
import { CART_VARIANT_PATH, chooseVariantToBuy } from "../sessions/variants"

/** The metadata key of a line item that refers to its design. It holds the reference only, never the truth. */
export const DESIGN_METADATA_KEY = "personalization_design_id"

/** The design a line item refers to, or null for a plain one. */
export function designIdOf(item: { metadata?: Record<string, unknown> | null }): string | null {
  const id = item.metadata?.[DESIGN_METADATA_KEY]
  return typeof id === "string" ? id : null
}

/**
 * Freezes a complete session for a cart, in its region and currency. The same design of the same visitor is the same row,
 * so that equal lines merge.
 * @returns the design, and what takes it back
 * @throws AppError 400 with every issue: `incomplete_session`, `variant_required`, `unknown_variant`, refused values, missing
 *   prices; as `holdDesign`
 */
export async function freezeDesign(
  container: MedusaContainer,
  session: OwnSession,
  asked: { cart_id: string; variant_id?: string | undefined; price_context: PriceContext }
): Promise<{ design: DesignRow; held: HeldDesign }> {
  const service = personalization(container)
  const product = await loadSessionContext(container, { ...session, ...asked.price_context }, "now")
  const variant_id = chooseVariantToBuy(product, asked.variant_id ?? session.variant_id)
  const context = withSession(product, { ...product.session, variant_id })
  const { selection, issues } = sessionSelection(context)
  const missing = missingInputs(context, selection).map((key): Issue => ({
    path: ["options", key],
    code: "required",
    message: `${key} must be filled in before the design can be bought.`,
  }))
  const unchosen: Issue[] = variant_id
    ? []
    : [
        {
          path: CART_VARIANT_PATH,
          code: "variant_required",
          message: "The product has several variants; variant_id must name one.",
        },
      ]
  const contradicted = contradictions(context, session, variant_id)
  const faults = [...issues, ...missing, ...unchosen, ...contradicted]
  if (!variant_id || faults.length > 0) {
    throw invalid(faults, missing.length > 0 ? "incomplete_session" : "invalid_input")
  }
  const priced = quoteSession(context, selection, variant_id, CART_VARIANT_PATH)
  if (!priced.success) {
    throw invalid(priced.issues, "no_price_in_currency")
  }
  const quoted = priced.value
  const frozen = freezeSelection(context, selection)
  const preview_hash = await rendersHash(
    container,
    { ...context, selection, placeholders: false },
    { target: "preview", format: "webp", views: viewsOf(context.definition) }
  )
  const hash = designHash(session, variant_id, quoted, frozen)
  const options = toOptions(frozen.selection)
  return service.holdDesign(
    {
      hash,
      visitor_id: session.visitor_id,
      session_id: session.id,
      product_id: session.product_id,
      variant_id,
      template_id: session.template_id,
      template_version: session.template_version,
      template_snapshot: frozen.definition,
      options,
      surcharges: quoted.surcharges as unknown as Record<string, unknown>,
      currency_code: quoted.currency_code,
      base_price: quoted.base_price,
      unit_price: quoted.unit_price,
      preview_hash,
    },
    {
      cart_id: asked.cart_id,
      upload_ids: uploadIdsIn(options),
      expires_at: sessionEnd(service.options),
    }
  )
}

/** Over what is made, not how it came about: a color that was chosen and the same one by default are one design. */
function designHash(
  session: OwnSession,
  variantId: string,
  quoted: Quote,
  { definition, values }: FrozenSelection
): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
  const content = [session.template_id, definition, variantId, quoted, sorted]
  return createHash("sha256").update(JSON.stringify(content)).digest("hex")
}
