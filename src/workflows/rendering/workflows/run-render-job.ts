// Does a render job: draws its views, stores them, settles every job that asked for the same picture.
import type { MedusaContainer } from "@medusajs/framework/types"
import { createStep, createWorkflow, StepResponse } from "@medusajs/framework/workflows-sdk"
import { RenderError } from "../../../domain/rendering/errors"
import { validateSelection } from "../../../domain/selection/validate"
import { readStored } from "../../../domain/template/stored"
import {
  RUN_RENDER_JOB_WORKFLOW,
  type RenderedView,
  type RenderJobInput,
  type RenderJobRow,
} from "../../../modules/personalization_rendering"
import { removeFiles, storeFile } from "../../files/store-file"
import { personalization, rendering } from "../../services"
import { uploadIdsIn } from "../../sessions/context"
import { renderRequest, type DrawableDesign } from "../plan-input"

/** After this many tries a job is given up, whatever stood in its way. */
const MAX_ATTEMPTS = 4

const runPersonalizationRenderJobStep = createStep(
  "run-personalization-render-job",
  async ({ id }: { id: string }, { container }) => {
    const service = rendering(container)
    const job = await service.claimJob(id)
    if (!job) {
      // Settled already, or another worker draws the same picture and settles this job with its own.
      return new StepResponse(undefined)
    }
    const stored: string[] = []
    try {
      const { views, timings } = await draw(container, job, stored)
      if (!(await service.settleJobs(job, { status: "succeeded", views, timings }))) {
        await removeFiles(container, stored)
      }
    } catch (error) {
      await removeFiles(container, stored)
      const failure = toFailure(error)
      if (failure.retryable && job.attempts < MAX_ATTEMPTS) {
        await service.releaseJob(job)
        throw error
      }
      await service.settleJobs(job, { status: "failed", error: failure })
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

async function draw(container: MedusaContainer, job: RenderJobRow, stored: string[]) {
  const input = job.input as unknown as RenderJobInput
  const design = await drawable(container, input)
  const views: RenderedView[] = []
  const timings: Record<string, number> = {}
  for (const view of input.views) {
    const result = await rendering(container).render(
      await renderRequest(container, design, view, job.target)
    )
    const file = await storeFile(container, {
      kind: job.target === "preview" ? "preview" : "print",
      mime_type: result.mime_type,
      content: result.data,
    })
    stored.push(file.id)
    views.push({ view, file_id: file.id, width: result.width, height: result.height })
    timings[view] = result.timings.total
  }
  return { views, timings }
}

async function drawable(
  container: MedusaContainer,
  input: RenderJobInput
): Promise<DrawableDesign> {
  const service = personalization(container)
  const [[template], upload_rows] = await Promise.all([
    service.listTemplates({ id: input.template_id }, { withDeleted: true, take: 1 }),
    service.listUploads({ id: uploadIdsIn(input.options) }),
  ])
  if (!template) {
    throw new RenderError("render_failed", "The template of this job is gone.")
  }
  const definition = readStored(template.definition)
  const uploads = Object.fromEntries(upload_rows.map((row) => [row.id, row]))
  const option_sets = input.option_sets.map((set) => ({ ...set, required: false }))
  // Values were judged when they were saved; here they only get their types back.
  const selection = Object.assign(
    {},
    ...Object.entries(input.options).map(([key, value]) => {
      const result = validateSelection({ definition, option_sets, uploads }, { [key]: value })
      return result.success ? result.value : {}
    })
  )
  return { definition, selection, option_sets, upload_rows }
}

function toFailure(error: unknown) {
  if (error instanceof RenderError) {
    const { code, message, step, retryable } = error
    return { code, message, step: step ?? null, retryable }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: "render_failed", message, step: null, retryable: true }
}
