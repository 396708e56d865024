// Does a render job: draws its views, stores them, settles every job that asked for the same picture.
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, createWorkflow, StepResponse } from "@medusajs/framework/workflows-sdk"
import { RenderError } from "../../../domain/rendering/errors"
import { AppError } from "../../../lib/errors"
import {
  RUN_RENDER_JOB_WORKFLOW,
  type ClaimedJob,
  type RenderedView,
} from "../../../modules/personalization_rendering"
import { removeFiles, storeFile } from "../../files/store-file"
import { rendering, webhooks } from "../../services"
import { drawableOf } from "../drawable"
import { renderRequest } from "../plan-input"

/** After this many tries a job is given up, whatever stood in its way: a crash of its worker counts too. */
const MAX_ATTEMPTS = 4
/** Milliseconds between a worker's signs of life. */
const PROLONG_MS = 5000

const runPersonalizationRenderJobStep = createStep(
  "run-personalization-render-job",
  async ({ id }: { id: string }, { container }) => {
    const job = await rendering(container).claimJob(id)
    // Null: settled already, or another worker draws the same picture and settles this job with its own.
    if (job) {
      const stop = keepClaim(container, job)
      await run(container, job).finally(stop)
    }
    return new StepResponse(undefined)
  }
)

/** Runs one render job by id; run by the render queue. Rejects when another try can help, and the queue tries again. */
export const runPersonalizationRenderJobWorkflow = createWorkflow(
  RUN_RENDER_JOB_WORKFLOW,
  (input: { id: string }) => {
    runPersonalizationRenderJobStep(input)
  }
)

/** Tells the database again and again that the job's worker lives. @returns what ends it */
function keepClaim(container: MedusaContainer, job: ClaimedJob): () => void {
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const timer = setInterval(() => {
    rendering(container)
      .prolongJob(job)
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error)
        logger.warn(`personalization: render job ${job.id} could not be prolonged: ${reason}`)
      })
  }, PROLONG_MS)
  return () => clearInterval(timer)
}

async function run(container: MedusaContainer, job: ClaimedJob): Promise<void> {
  const service = rendering(container)
  const stored: string[] = []
  try {
    if (job.attempts > MAX_ATTEMPTS) {
      throw new RenderError("render_failed", `Given up after ${MAX_ATTEMPTS} tries.`)
    }
    const { views, timings } = await draw(container, job, stored)
    const settled = await service.settleJobs(job, { status: "succeeded", views, timings })
    if (!settled) {
      await removeFiles(container, stored)
      return
    }
    await tell(container, settled)
  } catch (error) {
    await removeFiles(container, stored)
    const { retryable, ...failure } = toFailure(error)
    if (retryable && job.attempts < MAX_ATTEMPTS) {
      await service.releaseJob(job)
      throw error
    }
    await tell(container, await service.settleJobs(job, { status: "failed", error: failure }))
  }
}

/** Events were written with what they tell of; this only has them sent soon. */
async function tell(container: MedusaContainer, settled: { events: number } | null): Promise<void> {
  if (settled && settled.events > 0) {
    await webhooks(container).wakeDispatcher()
  }
}

async function draw(container: MedusaContainer, job: ClaimedJob, stored: string[]) {
  const { design, format, views: wanted } = await drawableOf(container, job.input)
  const { target } = job
  const views: RenderedView[] = []
  const timings: Record<string, number> = {}
  for (const view of wanted) {
    const request = await renderRequest(container, design, view, { target, format })
    const { data, mime_type, width, height, dpi, blank, ...result } =
      await rendering(container).render(request)
    const file = await storeFile(container, {
      kind: target === "print" ? "print" : "preview",
      mime_type,
      content: data,
    })
    stored.push(file.id)
    views.push({ view, file_id: file.id, width, height, ...(dpi !== null && { dpi, blank }) })
    timings[view] = result.timings.total
  }
  return { views, timings }
}

function toFailure(error: unknown) {
  if (error instanceof RenderError) {
    const { code, message, step, retryable } = error
    return { code, message, step: step ?? null, retryable }
  }
  const message = error instanceof Error ? error.message : String(error)
  // What is gone stays gone; storage and database may answer the next time.
  const retryable = !(error instanceof AppError && error.type === "not_found")
  return { code: "render_failed", message, step: null, retryable }
}
