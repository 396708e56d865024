// Starts a design in progress.
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { personalization } from "../../services"
import type { SessionPlan } from "../plan-session"
import { sessionEnd } from "../session-end"

/** What `planSession` or `planCopy` decided, and whose session it is. */
export type CreateSessionInput = SessionPlan & {
  visitor_id: string
  customer_id: string | null
  /** Valid values to begin with. */
  options?: Record<string, unknown> | undefined
  /** Uploads that the options name: those of another visitor are copied. */
  upload_ids?: string[] | undefined
}

const createPersonalizationSessionStep = createStep(
  "create-personalization-session",
  async (input: CreateSessionInput, { container }) => {
    const service = personalization(container)
    const { options = {}, upload_ids = [], ...plan } = input
    const session = await service.startSession(
      {
        ...plan,
        options,
        expires_at: sessionEnd(service.options),
      },
      upload_ids
    )
    return new StepResponse(session.id, session.id)
  },
  async (id, { container }) => {
    if (id) {
      await personalization(container).deleteSessions(id)
    }
  }
)

/**
 * Starts a session for a visitor; answers its id. From then on the template's definition stands, whatever becomes of the
 * session. @throws AppError 404 `template_not_found` when the template was deleted since the plan was made.
 */
export const createPersonalizationSessionWorkflow = createWorkflow(
  "create-personalization-session",
  (input: CreateSessionInput) => new WorkflowResponse(createPersonalizationSessionStep(input))
)
