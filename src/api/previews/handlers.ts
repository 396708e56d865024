// What both doors do with previews: ask for one, and see where it stands.
import { notFound } from "../../lib/errors"
import { fileUrl } from "../../lib/file-url"
import type { JobState } from "../../modules/personalization_rendering"
import { requestPersonalizationPreviewWorkflow } from "../../workflows/rendering/workflows/request-preview"
import { personalization, rendering } from "../../workflows/services"
import { requireSessionToChange, type DoorCall } from "../sessions/handlers"
import type { PreviewBody } from "../sessions/validators"
import type { Answer } from "../standalone/handle"
import { limitAddress, limitVisitor } from "../standalone/rate-limit"
import { callerOf, type Caller } from "../standalone/visitor"

/** What visitors may ask for; files for the workshop are none of theirs. */
const TARGETS = ["preview", "thumbnail"] as const

/** Asks for a preview of the design as it is now; 202 with the job to ask for. */
export async function requestPreview(call: DoorCall<PreviewBody>): Promise<Answer> {
  await limitAddress(call, "previews")
  const session = await requireSessionToChange(call)
  await limitVisitor(call, "previews", session.visitor_id)
  const { result: job } = await requestPersonalizationPreviewWorkflow(call.scope).run({
    input: {
      ...call.body,
      owner: { visitor_id: session.visitor_id },
      session_id: session.id,
    },
  })
  const { id, status, revision } = job
  return { status: 202, body: { jobId: id, job: { id, status, revision } } }
}

/** A preview's state, and its pictures when they are ready; only for whoever owns its session. */
export async function readPreview(call: DoorCall<unknown, { wait: number }>): Promise<Answer> {
  const { wait } = call.query
  const caller = await callerOf(call)
  const id = call.params.jobId ?? ""
  if (wait === 0) {
    return { body: previewView(call, await ownJob(call, id, caller)) }
  }
  // Before the job is read: what ends between reading and waiting must not be missed.
  const watch = await rendering(call.scope).watchJob(id)
  try {
    const job = await ownJob(call, id, caller)
    if (job.status === "succeeded" || job.status === "failed") {
      return { body: previewView(call, job) }
    }
    const gone = new AbortController()
    call.res.once("close", () => gone.abort())
    await watch.settled(wait * 1000, gone.signal)
  } finally {
    watch.stop()
  }
  return { body: previewView(call, await ownJob(call, id, caller)) }
}

function previewView({ options }: DoorCall, job: JobState): Record<string, unknown> {
  const views = (job.views ?? []).map(({ view, file_id, width, height }) => ({
    ...{ view, url: fileUrl(options, file_id), width, height },
  }))
  const { id, status, revision, error } = job
  return {
    jobId: id,
    status,
    url: views[0]?.url ?? null,
    job: {
      ...{ id, status, revision, views },
      warnings: job.warnings ?? [],
      ...(error ? { error: { code: error.code, message: error.message } } : {}),
    },
  }
}

async function ownJob(call: DoorCall, id: string, caller: Caller): Promise<JobState> {
  const job = await rendering(call.scope).findJob(id, TARGETS)
  const session = await personalization(call.scope).sessions.findOwn(job?.session_id ?? "", caller)
  if (!job || session?.visitor_id !== job.visitor_id) {
    throw notFound("preview")
  }
  return job
}
