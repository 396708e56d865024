// Gathers what a render needs: the shop's pictures and the visitor's, as facts for its hash or with their bytes.
import type { MedusaContainer } from "@medusajs/framework/types"
import { createHash } from "node:crypto"
import { requiredSources, type DesignView, type RenderTarget } from "../../domain/rendering/content"
import type { ImageInfo } from "../../domain/rendering/render-plan"
import type { Selection } from "../../domain/selection/selection"
import type { OptionSetChoices } from "../../domain/selection/validate"
import type { Definition } from "../../domain/template/definition"
import type { RenderRequest } from "../../modules/personalization_rendering"
import type { SessionUpload } from "../../modules/personalization/service"
import { readFile } from "../files/store-file"
import { personalization, rendering } from "../services"

/** A design to draw: what it is made of, whoever it belongs to. */
export type DrawableDesign = {
  definition: Definition
  /** The visitor's own values. */
  selection: Selection
  /** The product's option sets, as they were when the design was last looked at. */
  option_sets: Pick<OptionSetChoices, "key" | "values">[]
  upload_rows: SessionUpload[]
}

type Sources = { assets: Record<string, ImageInfo>; uploads: Record<string, ImageInfo> }
type SourceFile = { info: ImageInfo; file_id: string }

/** The keys of a template's placements, in its order: the views a preview has. */
export function viewsOf(definition: Definition): string[] {
  return definition.placements.map(({ key }) => key)
}

/** The hash of a whole preview: of all its views' plans. Equal designs share it, whoever made them. */
export async function previewHash(
  container: MedusaContainer,
  design: DrawableDesign,
  views = viewsOf(design.definition)
): Promise<string> {
  const hashes = await Promise.all(
    views.map(async (placement) => {
      const view = designView(design, placement, "preview")
      const { assets, uploads } = await sources(container, design, view)
      return rendering(container).renderHash({ ...view, ...facts(assets, uploads) })
    })
  )
  return createHash("sha256")
    .update(JSON.stringify([views, hashes]))
    .digest("hex")
}

/** A request for the renderer, with the bytes of every picture in it. Previews use the small copies of uploads. */
export async function renderRequest(
  container: MedusaContainer,
  design: DrawableDesign,
  placement: string,
  target: RenderTarget
): Promise<RenderRequest> {
  const view = designView(design, placement, target)
  const { assets, uploads } = await sources(container, design, view)
  const files = await Promise.all(
    [...assets.values(), ...uploads.values()].map(
      async ({ info, file_id }) => [info.sha256, await readFile(container, file_id)] as const
    )
  )
  return { ...view, ...facts(assets, uploads), files: Object.fromEntries(files) }
}

function designView(
  { definition, selection, option_sets }: DrawableDesign,
  placement: string,
  target: RenderTarget
): DesignView {
  return {
    definition,
    selection,
    option_values: Object.fromEntries(option_sets.map(({ key, values }) => [key, values])),
    placement,
    target,
    placeholders: target === "preview",
  }
}

async function sources(container: MedusaContainer, design: DrawableDesign, view: DesignView) {
  const required = requiredSources(view)
  const rows =
    required.assets.length > 0
      ? await personalization(container).listAssets({ key: required.assets })
      : []
  const assets = new Map(
    rows.map((row): [string, SourceFile] => [
      row.key,
      { info: { sha256: row.sha256, width: row.width, height: row.height }, file_id: row.file_id },
    ])
  )
  const uploads = new Map(
    design.upload_rows
      .filter(({ id }) => required.uploads.includes(id))
      .map((row): [string, SourceFile] => [row.id, uploadFile(row, view.target)])
  )
  return { assets, uploads }
}

function uploadFile(row: SessionUpload, target: RenderTarget): SourceFile {
  return target === "preview"
    ? {
        info: { sha256: row.proxy_sha256, width: row.proxy_width, height: row.proxy_height },
        file_id: row.proxy_file_id,
      }
    : {
        info: { sha256: row.sha256, width: row.width, height: row.height },
        file_id: row.file_id,
      }
}

function facts(assets: Map<string, SourceFile>, uploads: Map<string, SourceFile>): Sources {
  const infos = (files: Map<string, SourceFile>) =>
    Object.fromEntries([...files].map(([key, { info }]) => [key, info]))
  return { assets: infos(assets), uploads: infos(uploads) }
}
