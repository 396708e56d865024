// plan -> load -> draw -> encode: the whole of a render, inside a renderer process.
import { performance } from "node:perf_hooks"
import { RenderError } from "../../../domain/rendering/errors"
import type { RendererJob, RenderResult, RenderStep } from "./protocol"
import { drawPlan } from "./steps/draw"
import { encodeCanvas } from "./steps/encode"
import { loadImages } from "./steps/load"
import { makePlan } from "./steps/plan"

export type PipelineHooks = {
  /** Milliseconds from now. No step begins after it; the parent kills what a step cannot stop. */
  deadlineMs: number
  /** Called before each step. */
  onStep: (step: RenderStep) => void
}

/** @throws RenderError with the step at which it failed */
export async function runPipeline(
  job: RendererJob,
  { deadlineMs, onStep }: PipelineHooks
): Promise<RenderResult> {
  const started = performance.now()
  const timings = { plan: 0, load: 0, draw: 0, encode: 0, total: 0 }

  async function step<T>(name: RenderStep, run: () => T | Promise<T>): Promise<T> {
    const begun = performance.now()
    if (begun - started > deadlineMs) {
      throw new RenderError(
        "deadline_exceeded",
        `The render took longer than ${deadlineMs} ms and was stopped before "${name}".`,
        { step: name, params: { deadline_ms: deadlineMs } }
      )
    }
    onStep(name)
    try {
      return await run()
    } catch (error) {
      throw atStep(name, error)
    } finally {
      timings[name] = since(begun)
    }
  }

  const plan = await step("plan", () => makePlan(job))
  const images = await step("load", () => loadImages(plan, job.files))
  const canvas = await step("draw", () => drawPlan(plan, images))
  const file = await step("encode", () => encodeCanvas(plan, canvas))

  timings.total = since(started)
  const { width, height, dpi, steps } = plan
  return { ...file, width, height, dpi, timings, blank: steps.length === 0 }
}

function since(start: number): number {
  return Math.round((performance.now() - start) * 100) / 100
}

function atStep(step: RenderStep, error: unknown): RenderError {
  if (error instanceof RenderError) {
    const { code, message, params } = error
    return new RenderError(code, message, { params, step, cause: error.cause })
  }
  const reason = error instanceof Error ? error.message : String(error)
  return new RenderError("render_failed", `The render failed at "${step}": ${reason}`, {
    step,
    cause: error,
  })
}
