// What a render job draws, read again when its turn has come.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { RenderFormat } from "../../domain/rendering/content"
import { RenderError } from "../../domain/rendering/errors"
import { fromOptions } from "../../domain/selection/validate"
import { readStored } from "../../domain/template/stored"
import type { RenderJobInput } from "../../modules/personalization_rendering"
import type { DesignRow } from "../../modules/personalization/service"
import { personalization } from "../services"
import { uploadIdsIn } from "../sessions/context"
import { pinnedDefinition } from "../sessions/facts"
import type { DrawableDesign } from "./plan-input"

export type JobContent = {
  design: DrawableDesign
  format: RenderFormat | undefined
  /** Keys of placements. */
  views: string[]
}

/** @throws RenderError `render_failed` when the design is gone; AppError 404 when the template is */
export async function drawableOf(
  container: MedusaContainer,
  input: RenderJobInput
): Promise<JobContent> {
  if ("design_id" in input) {
    const [row] = await personalization(container).listDesigns({ id: input.design_id }, { take: 1 })
    if (!row) {
      throw new RenderError("render_failed", "The design of this job is gone.")
    }
    return { design: await drawableDesign(container, row), format: undefined, views: input.views }
  }
  const { template_id, options, option_sets, placeholders, format, views } = input
  const [definition, upload_rows] = await Promise.all([
    pinnedDefinition(container, template_id),
    uploadsIn(container, options),
  ])
  const selection = fromOptions(definition, options)
  return {
    design: { definition, selection, option_sets, upload_rows, placeholders },
    format,
    views,
  }
}

/** A frozen design, complete as it was sold. */
export async function drawableDesign(
  container: MedusaContainer,
  { template_snapshot, options }: Pick<DesignRow, "template_snapshot" | "options">
): Promise<DrawableDesign> {
  const definition = readStored(template_snapshot)
  return {
    definition,
    selection: fromOptions(definition, options),
    option_sets: null,
    upload_rows: await uploadsIn(container, options),
    placeholders: false,
  }
}

async function uploadsIn(container: MedusaContainer, options: Record<string, unknown>) {
  const ids = uploadIdsIn(options)
  return ids.length > 0
    ? personalization(container).listUploads({ id: ids }, { take: ids.length })
    : []
}
