// Removes render jobs with their files, but for the pictures that designs still show.
import type { MedusaContainer } from "@medusajs/framework/types"
import type { JobRef } from "../../modules/personalization_rendering/retention-store"
import { select } from "../catalog/sql"
import { personalization, rendering } from "../services"
import type { RemovalCounts } from "./counts"
import { chunks } from "./pages"
import { removeFilesForGood } from "./remove-files"

export type RemovedRenders = Pick<RemovalCounts, "renders" | "files">

/** Removes jobs and the files that no other job refers to. */
export async function removeRenders(
  container: MedusaContainer,
  jobs: JobRef[]
): Promise<RemovedRenders> {
  const total: RemovedRenders = { renders: 0, files: 0 }
  for (const some of chunks(jobs)) {
    const hashes = [...new Set(some.map(({ hash }) => hash))]
    const shown = await personalization(container).retention.previewHashesInUse(hashes)
    const { renders, file_ids } = await rendering(container).retention.removeJobs(some, shown)
    total.renders += renders
    total.files += await removeFilesForGood(container, file_ids)
  }
  return total
}

/** Removes what was drawn for previews that no design shows any more, unless it is a live session's. */
export async function removePreviews(
  container: MedusaContainer,
  hashes: string[]
): Promise<RemovedRenders> {
  const jobs = await select<JobRef>(
    container,
    `select j.id, j.hash from personalization_render_job j
       left join personalization_session s on s.id = j.session_id
      where j.hash = any(?) and j.deleted_at is null and j.order_id is null and (s.id is null or s.expires_at < now())`,
    [hashes]
  )
  return removeRenders(container, jobs)
}
