// Finds the pictures of frozen designs: the first view that a render job drew for them.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { DesignRow } from "../../modules/personalization/service"
import type { RenderedView } from "../../modules/personalization_rendering"
import { rendering } from "../services"

/** File ids of previews by design id, in one query; a design whose preview is not drawn yet is not in the map. */
export async function designPreviewFiles(
  container: MedusaContainer,
  designs: Pick<DesignRow, "id" | "preview_hash">[]
): Promise<Map<string, string>> {
  const hashes = designs.flatMap(({ preview_hash }) => (preview_hash ? [preview_hash] : []))
  if (hashes.length === 0) {
    return new Map()
  }
  const jobs = await rendering(container).listRenderJobs({
    hash: hashes,
    target: "preview",
    status: "succeeded",
  })
  const files = new Map(
    jobs.map((job) => [job.hash, (job.views as unknown as RenderedView[] | null)?.[0]?.file_id])
  )
  return new Map(
    designs.flatMap(({ id, preview_hash }) => {
      const file = preview_hash ? files.get(preview_hash) : undefined
      return file ? [[id, file] as const] : []
    })
  )
}
