// The changes of render jobs that must be one statement each: asking, claiming, settling.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"

/** A drawn view of a job. Width and height in pixels. */
export type RenderedView = { view: string; file_id: string; width: number; height: number }

/** What a job draws, frozen when it was asked for. */
export type RenderJobInput = {
  template_id: string
  /** Values by zone key, as the session held them. */
  options: Record<string, unknown>
  /** The option sets that zones take, with the values that they had. */
  option_sets: { key: string; values: string[] }[]
  /** Placement keys, the first one is shown first. */
  views: string[]
}

export type JobResult =
  | { status: "succeeded"; views: RenderedView[]; timings: Record<string, number> }
  | { status: "failed"; error: { code: string; message: string; step: string | null } }

/** Seconds after which a job that is still being drawn counts as lost with its worker. */
const LOST_AFTER_SECONDS = 180

/** Lets one at a time decide about the jobs of a picture. Held until the transaction ends. */
export async function lockHash(manager: SqlEntityManager, hash: string): Promise<void> {
  await manager.execute(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [hash])
}

/**
 * Marks a queued job as being drawn. The lock on the hash makes two workers that hold equal jobs take turns: the second
 * finds the first at work and gets nothing.
 */
export async function claimJob(manager: SqlEntityManager, id: string): Promise<boolean> {
  await manager.execute(
    `select pg_advisory_xact_lock(hashtextextended(hash, 0)) from personalization_render_job where id = ?`,
    [id]
  )
  const rows = await manager.execute<{ id: string }[]>(
    `update personalization_render_job job
        set status = 'rendering', attempts = attempts + 1, started_at = now(), updated_at = now()
      where job.id = ? and (job.status = 'queued' or job.started_at < now() - make_interval(secs => ?))
        and job.status in ('queued', 'rendering')
        and not exists (
          select 1 from personalization_render_job other
          where other.hash = job.hash and other.target = job.target and other.id <> job.id
            and other.status = 'rendering' and other.started_at >= now() - make_interval(secs => ?))
      returning id`,
    [id, LOST_AFTER_SECONDS, LOST_AFTER_SECONDS]
  )
  return rows.length === 1
}

/**
 * Gives every open job of a claimed job's hash its result: one render serves all who asked for the same picture.
 * @returns false when another worker has the job by now.
 */
export async function settleJobs(
  manager: SqlEntityManager,
  claimed: { id: string; hash: string; attempts: number },
  result: JobResult
): Promise<boolean> {
  const held = await manager.execute<{ id: string }[]>(
    `select id from personalization_render_job
      where id = ? and attempts = ? and status = 'rendering' for update`,
    [claimed.id, claimed.attempts]
  )
  if (held.length === 0) {
    return false
  }
  const done = result.status === "succeeded"
  await manager.execute(
    `update personalization_render_job
        set status = ?, views = ?::jsonb, timings = ?::jsonb, error = ?::jsonb, finished_at = now(), updated_at = now(),
            input = case when ? then '{}' else input end
      where hash = ? and (status = 'queued' or id = ?)`,
    [
      result.status,
      done ? JSON.stringify(result.views) : null,
      done ? JSON.stringify(result.timings) : null,
      done ? null : JSON.stringify(result.error),
      // What a visitor wrote is kept no longer than it is needed here.
      done,
      claimed.hash,
      claimed.id,
    ]
  )
  return true
}

/** Open jobs that nobody is working on: their wake-up was lost, or their worker was. Oldest first. */
export async function findForgottenJobs(
  manager: SqlEntityManager,
  olderThanSeconds: number
): Promise<string[]> {
  const rows = await manager.execute<{ id: string }[]>(
    `select id from personalization_render_job
      where deleted_at is null
        and ((status = 'queued' and updated_at < now() - make_interval(secs => ?))
          or (status = 'rendering' and started_at < now() - make_interval(secs => ?)))
      order by created_at limit 500`,
    [olderThanSeconds, LOST_AFTER_SECONDS]
  )
  return rows.map(({ id }) => id)
}
