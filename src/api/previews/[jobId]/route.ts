import { z } from "@medusajs/framework/zod"
import { setTimeout as sleep } from "node:timers/promises"
import { notFound } from "../../../lib/errors"
import { fileUrl } from "../../../lib/file-url"
import type { RenderedView, RenderJobRow } from "../../../modules/personalization_rendering"
import { rendering } from "../../../workflows/services"
import { handle, type Call } from "../../standalone/handle"
import { requireVisitor } from "../../standalone/visitor"

/** Seconds that a caller may have the answer wait for the job's end. */
const query = z.object({ wait: z.coerce.number().int().min(0).max(25).default(0) })
/** Milliseconds between two looks at a job that is waited for. */
const POLL_MS = 50

/** A preview's state, and its pictures when they are ready; only with the key that asked. */
export const GET = handle({ query }, async (call) => {
  const visitor = await requireVisitor(call, "preview")
  const until = Date.now() + call.query.wait * 1000
  let job = await retrieveOwnJob(call, visitor.id)
  while (isOpen(job) && Date.now() < until) {
    await sleep(POLL_MS)
    job = await retrieveOwnJob(call, visitor.id)
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
})

async function retrieveOwnJob(
  call: Call<unknown, unknown>,
  visitorId: string
): Promise<RenderJobRow> {
  const [job] = await rendering(call.scope).listRenderJobs(
    { id: call.params.jobId ?? "", visitor_id: visitorId, target: "preview" },
    { take: 1 }
  )
  if (!job) {
    throw notFound("preview")
  }
  return job
}

function isOpen(job: RenderJobRow): boolean {
  return job.status === "queued" || job.status === "rendering"
}
