// Where a preview stands, and its pictures.
import { z } from "@medusajs/framework/zod"
import { notFound } from "../../../lib/errors"
import { fileUrl } from "../../../lib/file-url"
import type { RenderedView, RenderJobRow } from "../../../modules/personalization_rendering"
import { rendering } from "../../../workflows/services"
import { handle, type Call } from "../../standalone/handle"
import { wholeNumber } from "../../standalone/query"
import { requireVisitor } from "../../standalone/visitor"

/** Seconds that a caller may have the answer wait for the job's end. */
const query = z.object({ wait: wholeNumber(0, 25).default(0) })

/** A preview's state, and its pictures when they are ready; only with the key that asked. */
export const GET = handle({ query }, async (call) => {
  const visitor = await requireVisitor(call, "preview")
  let job = await retrieveOwnJob(call, visitor.id)
  if (isOpen(job) && call.query.wait > 0) {
    const gone = new AbortController()
    call.res.once("close", () => gone.abort())
    await rendering(call.scope).waitForJob(job.id, call.query.wait * 1000, gone.signal)
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
