// Saves a visitor's changes to a design: all of them or none.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { toOptions, validateSelection } from "../../../domain/selection/validate"
import type { Issue } from "../../../domain/issue"
import { furtherFaults } from "../../../lib/all-inputs"
import { conflict, invalid, notFound } from "../../../lib/errors"
import type { OwnSession, SessionOwner } from "../../../modules/personalization/service"
import { personalization } from "../../services"
import { changeVariant } from "../bound-choices"
import {
  loadSessionContext,
  retrieveOwnSession,
  uploadIdsIn,
  withSession,
  type SessionContext,
} from "../context"
import { drawingFacts } from "../drawing-facts"
import { sessionEnd } from "../session-end"
import { buildSessionView, type SessionView } from "../view"

export type UpdateSessionInput = {
  owner: SessionOwner
  session_id: string
  /** Values by key; null takes one back. */
  options?: Record<string, unknown> | undefined
  variant_id?: string | undefined
  /** The revision the visitor's change is based on. */
  revision?: number | undefined
}

/** The session after the change. */
export type UpdatedSession = {
  session: SessionView
  visitor_id: string
  /** Until when the key that opened the session is good, ISO 8601; null when it was not a key. */
  key_expires_at: string | null
}

/** How often a change without a revision is merged anew before it is refused. */
const MERGE_TRIES = 5

const updatePersonalizationSessionStep = createStep(
  "update-personalization-session",
  async (input: UpdateSessionInput, { container }) => {
    // Without a revision of the visitor's own, a change that came between is merged with, not refused.
    for (let tries = input.revision === undefined ? MERGE_TRIES : 1; tries > 0; tries--) {
      const saved = await save(container, input)
      if (saved) {
        return new StepResponse<UpdatedSession>({
          session: buildSessionView(saved),
          visitor_id: saved.session.visitor_id,
          key_expires_at: saved.session.key_expires_at?.toISOString() ?? null,
        })
      }
    }
    throw stale()
  }
)

function stale() {
  return conflict("stale_revision", "The session was changed by another request; read it again.")
}

/** Saves once, with two queries where no picture is set. @returns null when another change, or the removal of a picture, came between. */
async function save(
  container: MedusaContainer,
  input: UpdateSessionInput
): Promise<SessionContext | null> {
  const { sessions, options } = personalization(container)
  const changes = input.options ?? {}
  const session = await retrieveOwnSession(container, input.session_id, input.owner, changes)
  if (input.revision !== undefined && input.revision !== session.revision) {
    throw stale()
  }
  const context = await loadSessionContext(container, session)
  const change = {
    ...(await judge(container, context, input)),
    expires_at: sessionEnd(options),
  }
  const { id, revision } = session
  const customer_id = session.customer_id ?? input.owner.customer_id ?? null
  const written = { ...change, id, revision, customer_id }
  const upload_ids = uploadIdsIn(changes)
  const done =
    upload_ids.length > 0
      ? await sessions.saveWithUploads(written, {
          visitor_id: session.visitor_id,
          ids: upload_ids,
        })
      : await sessions.save(written)
  if (!done) {
    return null
  }
  const saved: OwnSession = { ...session, ...change, customer_id, revision: revision + 1 }
  return withSession(context, saved)
}

/** What is wrong with a change whose form is wrong too. Nothing is said to who does not own the session. */
export async function changeFaults(
  container: MedusaContainer,
  { owner, session_id, ...change }: Omit<UpdateSessionInput, "revision">
): Promise<Issue[]> {
  const { sessions } = personalization(container)
  const session = await sessions.findOwn(session_id, owner, uploadIdsIn(change.options ?? {}))
  return session
    ? furtherFaults(judge(container, await loadSessionContext(container, session), change))
    : []
}

/** The session's values and variant after the change. @throws AppError 400 with every issue, 404 `product_not_found`. */
async function judge(
  container: MedusaContainer,
  context: SessionContext,
  input: Pick<UpdateSessionInput, "options" | "variant_id">
): Promise<Pick<OwnSession, "options" | "variant_id">> {
  if (!context.shown) {
    throw notFound("product")
  }
  const changes = Object.entries(input.options ?? {})
  const given = Object.fromEntries(changes.filter(([, value]) => value !== null))
  const drawing = await drawingFacts(container, context.definition)
  const result = validateSelection({ ...context, ...drawing }, given)
  const { variant_id, kept, issues } = changeVariant({
    inputs: context.bound,
    variants: context.variants,
    saved: context.session,
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
  return { variant_id, options: { ...kept, ...toOptions(result.value) } }
}

/** Merges values into a session. @throws AppError 404, 400 with every issue, 409 `stale_revision`. */
export const updatePersonalizationSessionWorkflow = createWorkflow(
  "update-personalization-session",
  (input: UpdateSessionInput) => new WorkflowResponse(updatePersonalizationSessionStep(input))
)
