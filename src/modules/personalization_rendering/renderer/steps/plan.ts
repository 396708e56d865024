// Step 1: the design becomes a plan; fonts are read and texts shaped here.
import { readFile } from "node:fs/promises"
import { buildPlan } from "../../../../domain/rendering/plan"
import type { RenderPlan } from "../../../../domain/rendering/render-plan"
import { createShaper } from "../../../../domain/rendering/shape"
import { loadHarfBuzz } from "../harfbuzz"
import type { RendererJob } from "../protocol"

/** Font files by path: they are few, and do not change while a process lives. */
const files = new Map<string, Uint8Array>()

export async function makePlan(job: RendererJob): Promise<RenderPlan> {
  const fonts: Record<string, Uint8Array> = {}
  for (const [key, path] of Object.entries(job.fonts)) {
    const bytes = files.get(path) ?? (await readFile(path))
    files.set(path, bytes)
    fonts[key] = bytes
  }
  return buildPlan({ ...job, shaper: createShaper(await loadHarfBuzz(), fonts) })
}
