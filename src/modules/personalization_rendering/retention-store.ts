// Removes render jobs whose pictures nobody is to see any more.
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"
import type { RenderTarget } from "../../domain/rendering/content"
import { IDS } from "../../lib/sql-list"
import { managerOf, type SqlContext } from "../../lib/transaction"
import { lockHash, type RenderedView } from "./job-store"

/** A render job by what is needed to remove it. */
export type JobRef = { id: string; hash: string }
export type RemovedJobs = {
  renders: number
  /** Files that no job refers to any more. */
  file_ids: string[]
}
/** Whose jobs. Those that were made for an order are the order's. */
export type JobOwner = { session_ids: string[] } | { visitor_id: string } | { order_id: string }

type JobRow = JobRef & { target: RenderTarget; status: string; views: RenderedView[] | null }

/** Finds and removes render jobs; holds no state of its own. Files are left to the caller, who removes them afterwards. */
export class JobRetentionStore {
  /** Named as Medusa's transaction decorators expect it. */
  constructor(protected readonly baseRepository_: unknown) {}

  /** All jobs of an owner. */
  @InjectManager()
  async listJobs(owner: JobOwner, @MedusaContext() context: SqlContext = {}): Promise<JobRef[]> {
    const manager = managerOf(context)
    const jobs = (condition: string, binding: string) =>
      manager.execute<JobRef[]>(
        `select id, hash from personalization_render_job where deleted_at is null and ${condition}`,
        [binding]
      )
    if ("session_ids" in owner) {
      return jobs(`order_id is null and session_id in ${IDS}`, JSON.stringify(owner.session_ids))
    }
    return "visitor_id" in owner
      ? jobs("order_id is null and visitor_id = ?", owner.visitor_id)
      : jobs("order_id = ?", owner.order_id)
  }

  /**
   * Removes jobs. One that drew a preview which a design still shows stays for its files alone, parted from whoever asked
   * for it. Jobs that a worker is settling at this moment are left for the next time.
   * @param shown hashes of previews that designs show
   */
  @InjectTransactionManager()
  async removeJobs(
    jobs: JobRef[],
    shown: string[],
    @MedusaContext() context: SqlContext = {}
  ): Promise<RemovedJobs> {
    const manager = managerOf(context)
    // Whoever asks for a picture of this hash, or draws it, takes the same lock. In order, so that nobody waits in a circle.
    for (const hash of [...new Set(jobs.map((job) => job.hash))].sort()) {
      await lockHash(manager, hash)
    }
    const held = await manager.execute<JobRow[]>(
      `select id, hash, target, status, views from personalization_render_job
        where id in ${IDS} for update skip locked`,
      [JSON.stringify(jobs.map(({ id }) => id))]
    )
    const kept = new Set(shown)
    const stays = ({ hash, target, status }: JobRow) =>
      target === "preview" && status === "succeeded" && kept.has(hash)
    const gone = held.filter((job) => !stays(job))
    await manager.execute(
      `update personalization_render_job
          set session_id = null, visitor_id = null, revision = null, input = '{}', updated_at = now()
        where id in ${IDS}`,
      [JSON.stringify(held.filter(stays).map(({ id }) => id))]
    )
    await manager.execute(`delete from personalization_render_job where id in ${IDS}`, [
      JSON.stringify(gone.map(({ id }) => id)),
    ])
    const files = gone.flatMap(({ views }) => (views ?? []).map(({ file_id }) => file_id))
    const rest = await manager.execute<{ file_id: string }[]>(
      `select distinct view->>'file_id' as file_id from personalization_render_job j,
              jsonb_array_elements(case jsonb_typeof(j.views) when 'array' then j.views else '[]' end) view
        where j.hash in ${IDS} and j.deleted_at is null`,
      [JSON.stringify(gone.map(({ hash }) => hash))]
    )
    const used = new Set(rest.map(({ file_id }) => file_id))
    return {
      renders: gone.length,
      file_ids: [...new Set(files)].filter((id) => !used.has(id)),
    }
  }
}
