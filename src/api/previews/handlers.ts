// What both doors do with previews: ask for one, and see where it stands.
import { notFound } from "../../lib/errors"
import { fileUrl } from "../../lib/file-url"
import type { RenderedView, RenderJobRow } from "../../modules/personalization_rendering"
import { requestPersonalizationPreviewWorkflow } from "../../workflows/rendering/workflows/request-preview"
import { personalization, rendering } from "../../workflows/services"
import { requireSessionToChange, type DoorCall } from "../sessions/handlers"
import type { Answer } from "../standalone/handle"
import { limitAddress, limitVisitor } from "../standalone/rate-limit"
import { callerOf, type Caller } from "../standalone/visitor"

/** Asks for a preview of the design as it is now; 202 with the job to ask for. */
export async function requestPreview(
  call: DoorCall<{ view?: string | undefined }>
): Promise<Answer> {
  await limitAddress(call, "previews")
  const session = await requireSessionToChange(call)
  await limitVisitor(call, "previews", session.visitor_id)
  const { result: jobId } = await requestPersonalizationPreviewWorkflow(call.scope).run({
    input: {
      owner: { visitor_id: session.visitor_id },
      session_id: session.id,
      view: call.body.view,
    },
  })
  const { id, status, revision } = await rendering(call.scope).retrieveRenderJob(jobId)
  return { status: 202, body: { jobId, job: { id, status, revision } } }
}

/** A preview's state, and its pictures when they are ready; only for whoever owns its session. */
export async function readPreview(call: DoorCall<unknown, { wait: number }>): Promise<Answer> {
  const caller = await callerOf(call)
  let job = await retrieveOwnJob(call, caller)
  if (isOpen(job) && call.query.wait > 0) {
    const gone = new AbortController()
    call.res.once("close", () => gone.abort())
    await rendering(call.scope).waitForJob(job.id, call.query.wait * 1000, gone.signal)
    job = await retrieveOwnJob(call, caller)
  }
  const views = ((job.views ?? []) as unknown as RenderedView[]).map((view) => ({
    view: view.view,
    url: fileUrl(call.options, view.file_id),
    width: view.width,
    height: view.height,
  }))
  const error = job.error as { code: string; message: string } | null
  return {
    body: {
      jobId: job.id,
      status: job.status,
      url: views[0]?.url ?? null,
      job: {
        id: job.id,
        status: job.status,
        revision: job.revision,
        views,
        ...(error ? { error: { code: error.code, message: error.message } } : {}),
      },
    },
  }
}

async function retrieveOwnJob(call: DoorCall, caller: Caller): Promise<RenderJobRow> {
  const [job] = await rendering(call.scope).listRenderJobs(
    { id: call.params.jobId ?? "", target: "preview" },
    { take: 1 }
  )
  const session = await personalization(call.scope).sessions.findOwn(job?.session_id ?? "", caller)
  if (!job || session?.visitor_id !== job.visitor_id) {
    throw notFound("preview")
  }
  return job
}

function isOpen(job: RenderJobRow): boolean {
  return job.status === "queued" || job.status === "rendering"
}
