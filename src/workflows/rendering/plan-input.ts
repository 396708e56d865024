// Gathers what a render needs: the shop's pictures and the visitor's, as facts for its hash or with their bytes.
import type { MedusaContainer } from "@medusajs/framework/types"
import { LRUCache } from "lru-cache"
import { createHash } from "node:crypto"
import {
  requiredSources,
  type DesignView,
  type RenderFormat,
  type RenderTarget,
} from "../../domain/rendering/content"
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
  /**
   * The product's option sets, as they were when the design was last looked at. Null for a frozen design, whose definition
   * holds no default that its sets did not have.
   */
  option_sets: Pick<OptionSetChoices, "key" | "values">[] | null
  upload_rows: SessionUpload[]
  /** Whether hints and empty frames are drawn where there is no value yet. */
  placeholders: boolean
}

/** What is wanted of a design. */
export type Wanted = {
  target: RenderTarget
  /** Of a preview or a thumbnail; WebP by default. */
  format?: RenderFormat | undefined
  /** Keys of placements. */
  views: string[]
}

type SourceFile = { info: ImageInfo; file_id: string }
type Sources = { assets: Map<string, SourceFile>; uploads: Map<string, SourceFile> }

/**
 * The shop's pictures that were drawn last, by file: every preview of a product draws the same. A file never changes.
 * Bytes.
 */
const shopPictures = new LRUCache<string, Buffer>({
  maxSize: 67_108_864,
  sizeCalculation: (bytes) => bytes.length || 1,
})

/** The keys of a template's placements, in its order: the views a preview has. */
export function viewsOf(definition: Definition): string[] {
  return definition.placements.map(({ key }) => key)
}

/** The hash of a whole render: of all its views' plans. Equal designs share it, whoever made them. */
export async function rendersHash(
  container: MedusaContainer,
  design: DrawableDesign,
  { views, ...wanted }: Wanted
): Promise<string> {
  const wantedViews = views.map((placement) => designView(design, placement, wanted))
  const { assets, uploads } = await findSources(container, design, wantedViews)
  const hashes = await Promise.all(
    wantedViews.map((view) =>
      rendering(container).renderHash({ ...view, assets: facts(assets), uploads: facts(uploads) })
    )
  )
  return createHash("sha256")
    .update(JSON.stringify([views, hashes]))
    .digest("hex")
}

/**
 * A request for the renderer, with the bytes of every picture in it. Screens get the small copies of uploads, the workshop
 * the originals.
 */
export async function renderRequest(
  container: MedusaContainer,
  design: DrawableDesign,
  placement: string,
  wanted: Omit<Wanted, "views">
): Promise<RenderRequest> {
  const view = designView(design, placement, wanted)
  const { assets, uploads } = await findSources(container, design, [view])
  const files = await Promise.all([
    ...[...assets.values()].map(
      async ({ info, file_id }) => [info.sha256, await shopPicture(container, file_id)] as const
    ),
    ...[...uploads.values()].map(
      async ({ info, file_id }) => [info.sha256, await readFile(container, file_id)] as const
    ),
  ])
  return {
    ...view,
    assets: facts(assets),
    uploads: facts(uploads),
    files: Object.fromEntries(files),
  }
}

function designView(
  { definition, selection, option_sets, placeholders }: DrawableDesign,
  placement: string,
  { target, format }: Omit<Wanted, "views">
): DesignView {
  return {
    definition,
    selection,
    ...(option_sets && {
      option_values: Object.fromEntries(option_sets.map(({ key, values }) => [key, values])),
    }),
    placement,
    target,
    ...(format && { format }),
    placeholders,
  }
}

/** The pictures that some views of a design need; one query for the shop's, none for the visitor's. */
async function findSources(
  container: MedusaContainer,
  design: DrawableDesign,
  views: DesignView[]
): Promise<Sources> {
  const required = views.map(requiredSources)
  const keys = [...new Set(required.flatMap(({ assets }) => assets))]
  const rows = keys.length > 0 ? await personalization(container).listAssets({ key: keys }) : []
  const wanted = new Set(required.flatMap(({ uploads }) => uploads))
  const target = views[0]?.target ?? "preview"
  return {
    assets: new Map(
      rows.map(({ key, file_id, sha256, width, height }): [string, SourceFile] => [
        key,
        { info: { sha256, width, height }, file_id },
      ])
    ),
    uploads: new Map(
      design.upload_rows
        .filter(({ id }) => wanted.has(id))
        .map((row): [string, SourceFile] => [row.id, uploadFile(row, target)])
    ),
  }
}

function uploadFile(row: SessionUpload, target: RenderTarget): SourceFile {
  return target === "print"
    ? {
        info: { sha256: row.sha256, width: row.width, height: row.height },
        file_id: row.file_id,
      }
    : {
        info: { sha256: row.proxy_sha256, width: row.proxy_width, height: row.proxy_height },
        file_id: row.proxy_file_id,
      }
}

async function shopPicture(container: MedusaContainer, fileId: string): Promise<Buffer> {
  const known = shopPictures.get(fileId)
  if (known) {
    return known
  }
  const bytes = await readFile(container, fileId)
  shopPictures.set(fileId, bytes)
  return bytes
}

function facts(files: Map<string, SourceFile>): Record<string, ImageInfo> {
  return Object.fromEntries([...files].map(([key, { info }]) => [key, info]))
}
