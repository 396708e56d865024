// Saves a visitor's changes to a design: all of them or none.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { toOptions, validateSelection } from "../../../domain/selection/validate"
import { conflict, invalid } from "../../../lib/errors"
import { personalization, rendering } from "../../services"
import { loadSessionContext, retrieveOwnSession } from "../context"
import { changeVariant } from "../bound-choices"
import { sellableVariants } from "../variants"

export type UpdateSessionInput = {
  visitor_id: string
  session_id: string
  /** Values by key; null takes one back. */
  options?: Record<string, unknown> | undefined
  variant_id?: string | undefined
  /** The revision the visitor's change is based on. */
  revision?: number | undefined
}

/** How often a change without a revision is merged anew before it is refused. */
const MERGE_TRIES = 5

const updatePersonalizationSessionStep = createStep(
  "update-personalization-session",
  async (input: UpdateSessionInput, { container }) => {
    // Without a revision of the visitor's own, a change that came between is merged with, not refused.
    for (let tries = input.revision === undefined ? MERGE_TRIES : 1; tries > 0; tries--) {
      if (await save(container, input)) {
        return new StepResponse(input.session_id)
      }
    }
    throw stale()
  }
)

function stale() {
  return conflict("stale_revision", "The session was changed by another request; read it again.")
}

/** Saves once. @returns false when another change came between reading and writing. */
async function save(container: MedusaContainer, input: UpdateSessionInput): Promise<boolean> {
  const service = personalization(container)
  const session = await retrieveOwnSession(container, input.session_id, input.visitor_id)
  if (input.revision !== undefined && input.revision !== session.revision) {
    throw stale()
  }
  const changes = Object.entries(input.options ?? {})
  const [context, variants] = await Promise.all([
    loadSessionContext(container, session),
    sellableVariants(container, session.product_id),
  ])
  const fonts = context.definition.zones.flatMap((zone) => (zone.kind === "text" ? zone.fonts : []))
  const missing_glyphs = await rendering(container).glyphCheck([...new Set(fonts)])
  const given = Object.fromEntries(changes.filter(([, value]) => value !== null))
  const result = validateSelection({ ...context, missing_glyphs }, given)
  const { variant_id, kept, issues } = changeVariant({
    inputs: context.bound,
    variants,
    saved: session,
    variant_id: input.variant_id,
    given,
    cleared: changes.flatMap(([key, value]) => (value === null ? [key] : [])),
  })
  if (!result.success) {
    throw invalid([...result.issues, ...issues])
  }
  if (issues.length > 0) {
    throw invalid(issues, issues[0]?.code)
  }
  return service.saveSessionOptions({
    id: session.id,
    revision: session.revision,
    options: { ...kept, ...toOptions(result.value) },
    variant_id,
    expires_at: new Date(Date.now() + service.options.session.ttl_seconds * 1000),
  })
}

/** Merges values into a session. @throws AppError 404, 400 with every issue, 409 `stale_revision`. */
export const updatePersonalizationSessionWorkflow = createWorkflow(
  "update-personalization-session",
  (input: UpdateSessionInput) => new WorkflowResponse(updatePersonalizationSessionStep(input))
)
