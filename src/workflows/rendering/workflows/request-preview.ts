// Asks for a preview of a session as it is now.
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { toOptions } from "../../../domain/selection/validate"
import { takenSets } from "../../../domain/selection/resolve"
import { invalidField } from "../../../lib/errors"
import type { SessionOwner } from "../../../modules/personalization/service"
import { rendering } from "../../services"
import {
  loadSessionContext,
  retrieveOwnSession,
  sessionSelection,
  type SessionContext,
} from "../../sessions/context"
import { previewHash, viewsOf } from "../plan-input"

export type RequestPreviewInput = {
  owner: SessionOwner
  session_id: string
  /** One placement's key; all of them when left out. */
  view?: string | undefined
}

const requestPersonalizationPreviewStep = createStep(
  "request-personalization-preview",
  async (input: RequestPreviewInput, { container }) => {
    const session = await retrieveOwnSession(container, input.session_id, input.owner)
    const context = await loadSessionContext(container, session)
    const all = viewsOf(context.definition)
    if (input.view !== undefined && !all.includes(input.view)) {
      throw invalidField(["view"], "unknown_view", "view is not a placement of the template.", {
        allowed: all,
      })
    }
    const views = input.view === undefined ? all : [input.view]
    const { selection } = sessionSelection(context)
    const hash = await previewHash(container, { ...context, selection }, views)
    const job = await rendering(container).requestJob({
      hash,
      target: "preview",
      session_id: session.id,
      visitor_id: session.visitor_id,
      revision: session.revision,
      // The session may change before the job's turn; the job draws what was asked for.
      input: {
        template_id: session.template_id,
        options: toOptions(selection),
        option_sets: drawnSets(context),
        views,
      },
    })
    return new StepResponse(job.id, job.id)
  },
  async (id, { container }) => {
    if (id) {
      await rendering(container).deleteRenderJobs(id)
    }
  }
)

/** The option sets that have a say in the picture. */
function drawnSets({ definition, option_sets }: SessionContext) {
  const taken = takenSets(definition)
  return option_sets.filter(({ key }) => taken.has(key)).map(({ key, values }) => ({ key, values }))
}

const wakePersonalizationRendererStep = createStep(
  "wake-personalization-renderer",
  async (id: string, { container }) => {
    await rendering(container).wakeRenderer(id)
    return new StepResponse(id)
  }
)

/** Records a render job for a session and wakes the renderer; answers the job's id. A design drawn before is ready at once. */
export const requestPersonalizationPreviewWorkflow = createWorkflow(
  "request-personalization-preview",
  (input: RequestPreviewInput) => {
    const id = requestPersonalizationPreviewStep(input)
    return new WorkflowResponse(wakePersonalizationRendererStep(id))
  }
)
