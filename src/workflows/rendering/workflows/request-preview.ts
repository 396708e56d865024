// Asks for a preview of a session as it is now.
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import type { RenderFormat } from "../../../domain/rendering/content"
import { preflight } from "../../../domain/rendering/preflight"
import { takenSets } from "../../../domain/selection/resolve"
import { missingInputs, toOptions } from "../../../domain/selection/validate"
import { invalidField, toWireIssue } from "../../../lib/errors"
import type { JobState } from "../../../modules/personalization_rendering"
import type { SessionOwner } from "../../../modules/personalization/service"
import { rendering } from "../../services"
import {
  loadSessionContext,
  retrieveOwnSession,
  sessionSelection,
  type SessionContext,
} from "../../sessions/context"
import { rendersHash, viewsOf } from "../plan-input"

export type PreviewWish = {
  /** One placement's key; all of them when left out. */
  view?: string | undefined
  /** `preview` by default. */
  target?: "preview" | "thumbnail" | undefined
  /** WebP by default. */
  format?: RenderFormat | undefined
}

export type RequestPreviewInput = PreviewWish & { owner: SessionOwner; session_id: string }
export type RequestedPreview = Pick<JobState, "id" | "status" | "revision">

const requestPersonalizationPreviewStep = createStep(
  "request-personalization-preview",
  async (input: RequestPreviewInput, { container }) => {
    const job = await requestPreview(container, input)
    return new StepResponse(job, job.id)
  },
  async (id, { container }) => {
    if (id) {
      await rendering(container).deleteRenderJobs(id)
    }
  }
)

async function requestPreview(
  container: MedusaContainer,
  { owner, session_id, view, target = "preview", format = "webp" }: RequestPreviewInput
): Promise<RequestedPreview> {
  const session = await retrieveOwnSession(container, session_id, owner)
  const context = await loadSessionContext(container, session)
  const all = viewsOf(context.definition)
  if (view !== undefined && !all.includes(view)) {
    throw invalidField(["view"], "unknown_view", "view is not a placement of the template.", {
      allowed: all,
    })
  }
  const views = view === undefined ? all : [view]
  const { selection } = sessionSelection(context)
  // What can be bought is shown as it will be made; hints are for who still has something to fill in.
  const placeholders = missingInputs(context, selection).length > 0
  const design = { ...context, selection, placeholders }
  return rendering(container).requestJob({
    hash: await rendersHash(container, design, { target, format, views }),
    target,
    session_id: session.id,
    visitor_id: session.visitor_id,
    revision: session.revision,
    warnings: preflight(context, selection, context.shaper).map(toWireIssue),
    // The session may change before the job's turn; the job draws what was asked for.
    input: {
      template_id: session.template_id,
      options: toOptions(selection),
      option_sets: drawnSets(context),
      placeholders,
      format,
      views,
    },
  })
}

/** The option sets that have a say in the picture. */
function drawnSets({ definition, option_sets }: SessionContext) {
  const taken = takenSets(definition)
  return option_sets.filter(({ key }) => taken.has(key)).map(({ key, values }) => ({ key, values }))
}

const wakePersonalizationRendererStep = createStep(
  "wake-personalization-renderer",
  async (
    { job, target }: { job: RequestedPreview; target: "preview" | "thumbnail" | undefined },
    { container }
  ) => {
    if (job.status === "queued") {
      await rendering(container).wakeRenderer({ id: job.id, target: target ?? "preview" })
    }
    return new StepResponse(job)
  }
)

/**
 * Records a render job for a session and wakes the renderer; answers the job. A design drawn before is ready at once.
 * @throws AppError 404; 400 `unknown_view`; 503 `render_queue_full`
 */
export const requestPersonalizationPreviewWorkflow = createWorkflow(
  "request-personalization-preview",
  (input: RequestPreviewInput) => {
    const job = requestPersonalizationPreviewStep(input)
    return new WorkflowResponse(wakePersonalizationRendererStep({ job, target: input.target }))
  }
)
