// The changes of render jobs, each one transaction: asking, claiming, holding, settling.
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import type { RenderFormat, RenderTarget } from "../../domain/rendering/content"
import type { WireIssue } from "../../lib/errors"

/** A drawn view of a job. Width and height in pixels. */
export type RenderedView = {
  view: string
  file_id: string
  width: number
  height: number
  /** Pixels an inch that a print file is tagged with. */
  dpi?: number
  /** A print file on which nothing is to be printed. */
  blank?: boolean
}

/** What a job draws, frozen when it was asked for: a session's values, or a design. */
export type RenderJobInput = (
  | {
      template_id: string
      /** Values by zone key, as the session held them. */
      options: Record<string, unknown>
      /** The option sets that zones take, with the values that they had. */
      option_sets: { key: string; values: string[] }[]
      /** Whether hints and empty frames are drawn where there is no value yet. */
      placeholders: boolean
      format?: RenderFormat
    }
  | { design_id: string }
) & {
  /** Placement keys, the first one is shown first. */
  views: string[]
}

export type JobStatus = "queued" | "rendering" | "succeeded" | "failed"

/** What is asked of the renderer on behalf of a visitor or an order. */
export type JobRequest = {
  /** The content hash of the plans: equal pictures have equal ones. */
  hash: string
  target: RenderTarget
  session_id?: string
  visitor_id?: string
  order_id?: string
  line_item_id?: string
  /** The session's revision that is drawn. */
  revision?: number
  warnings: WireIssue[]
  input: RenderJobInput
}

/** A job as its owner sees it. */
export type JobState = {
  id: string
  session_id: string | null
  visitor_id: string | null
  revision: number | null
  status: JobStatus
  views: RenderedView[] | null
  warnings: WireIssue[] | null
  error: { code: string; message: string; step: string | null } | null
}

/** A job that a worker has taken. `attempts` counts this one too: who holds an older number has lost it. */
export type ClaimedJob = {
  id: string
  hash: string
  target: RenderTarget
  attempts: number
  input: RenderJobInput
}

export type JobResult =
  | { status: "succeeded"; views: RenderedView[]; timings: Record<string, number> }
  | { status: "failed"; error: { code: string; message: string; step: string | null } }

/** A job that was settled, by what its event tells. */
export type SettledJob = Pick<JobState, "id" | "session_id" | "revision"> & { target: RenderTarget }

/** The channel on which ids of settled jobs are told. */
export const SETTLED_CHANNEL = "personalization_render_settled"
/**
 * Seconds that a worker owns a job without a sign of life. It prolongs the time every few seconds; a job whose time is over
 * has lost its worker.
 */
const LEASE_SECONDS = 20

/** Lets one at a time decide about the jobs of a picture. Held until the transaction ends. */
export async function lockHash(manager: SqlEntityManager, hash: string): Promise<void> {
  await manager.execute(`select pg_advisory_xact_lock(hashtextextended(?, 0))`, [hash])
}

/**
 * Writes a job down. One whose picture was drawn before is `succeeded` at once, with the same files.
 * @param limits `max_queued`: null when the job must not be refused; `fresh`: draws anew what was drawn before
 * @returns null when too many wait
 */
export async function insertJob(
  manager: SqlEntityManager,
  request: JobRequest,
  { max_queued, fresh }: { max_queued: number | null; fresh: boolean }
): Promise<Pick<JobState, "id" | "status" | "revision"> | null> {
  const { hash, target } = request
  // The files of a job that is being removed at this moment must not be taken for another one.
  await lockHash(manager, hash)
  const [job] = await manager.execute<Pick<JobState, "id" | "status" | "revision">[]>(
    `with drawn as (
       select views from personalization_render_job
        where hash = ? and target = ? and status = 'succeeded' and deleted_at is null and not ?
        order by finished_at desc limit 1),
     waiting as (
       select count(*) as jobs from (
         select 1 from personalization_render_job
          where status = 'queued' and deleted_at is null and ?::int is not null limit ?) counted)
     insert into personalization_render_job
       (id, hash, target, session_id, visitor_id, order_id, line_item_id, revision, warnings, input, status, views, finished_at)
     select ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb,
            case when drawn.views is null then ?::jsonb else '{}' end,
            case when drawn.views is null then 'queued' else 'succeeded' end,
            drawn.views, case when drawn.views is null then null else now() end
       from waiting left join drawn on true
      where drawn.views is not null or waiting.jobs < coalesce(?::int, 1)
     returning id, status, revision`,
    [
      ...[hash, target, fresh, max_queued, max_queued ?? 0],
      ...[generateEntityId(undefined, "prj"), hash, target],
      ...[request.session_id ?? null, request.visitor_id ?? null],
      ...[request.order_id ?? null, request.line_item_id ?? null, request.revision ?? null],
      ...[JSON.stringify(request.warnings), JSON.stringify(request.input), max_queued],
    ]
  )
  return job ?? null
}

/** A job by its id, of these targets. */
export async function findJob(
  manager: SqlEntityManager,
  id: string,
  targets: readonly RenderTarget[]
): Promise<JobState | null> {
  const [job] = await manager.execute<JobState[]>(
    `select id, session_id, visitor_id, revision, status, views, warnings, error from personalization_render_job
      where id = ? and deleted_at is null and target = any(string_to_array(?, ','))`,
    [id, targets.join(",")]
  )
  return job ?? null
}

/**
 * Marks a job as being drawn by the caller: one that waits, or one whose worker is lost. The lock on the hash makes two
 * workers that hold equal jobs take turns: the second finds the first at work and gets nothing.
 */
export async function claimJob(manager: SqlEntityManager, id: string): Promise<ClaimedJob | null> {
  await manager.execute(
    `select pg_advisory_xact_lock(hashtextextended(hash, 0)) from personalization_render_job where id = ?`,
    [id]
  )
  const [job] = await manager.execute<ClaimedJob[]>(
    `update personalization_render_job job
        set status = 'rendering', attempts = attempts + 1, started_at = now(), updated_at = now(),
            leased_until = now() + make_interval(secs => ?)
      where job.id = ? and job.deleted_at is null
        and (job.status = 'queued' or (job.status = 'rendering' and coalesce(job.leased_until, '-infinity') < now()))
        and not exists (
          select 1 from personalization_render_job other
          where other.hash = job.hash and other.target = job.target and other.id <> job.id
            and other.status = 'rendering' and other.leased_until >= now())
      returning id, hash, target, attempts, input`,
    [LEASE_SECONDS, id]
  )
  return job ?? null
}

/** A worker's sign of life. @returns false when another worker has the job by now. */
export async function prolongJob(
  manager: SqlEntityManager,
  { id, attempts }: Pick<ClaimedJob, "id" | "attempts">
): Promise<boolean> {
  const rows = await manager.execute<unknown[]>(
    `update personalization_render_job set leased_until = now() + make_interval(secs => ?)
      where id = ? and attempts = ? and status = 'rendering' returning id`,
    [LEASE_SECONDS, id, attempts]
  )
  return rows.length === 1
}

/** Puts a claimed job back in line. A worker that was given up for lost must not take it from the one that has it now. */
export async function releaseJob(
  manager: SqlEntityManager,
  { id, attempts }: Pick<ClaimedJob, "id" | "attempts">
): Promise<void> {
  await manager.execute(
    `update personalization_render_job set status = 'queued', leased_until = null, updated_at = now()
      where id = ? and attempts = ? and status = 'rendering'`,
    [id, attempts]
  )
}

/**
 * Gives every open job of a claimed job's hash its result: one render serves all who asked for the same picture. Who waits
 * for one of them is told when the transaction commits.
 * @returns the jobs; null when another worker has the claimed one by now, and nothing was changed
 */
export async function settleJobs(
  manager: SqlEntityManager,
  claimed: Pick<ClaimedJob, "id" | "hash" | "attempts">,
  result: JobResult
): Promise<SettledJob[] | null> {
  // Who asks for the same picture now waits, and finds it drawn: it is not drawn twice.
  await lockHash(manager, claimed.hash)
  const done = result.status === "succeeded"
  const jobs = await manager.execute<SettledJob[]>(
    `with held as (
       select 1 from personalization_render_job where id = ? and attempts = ? and status = 'rendering' for update)
     update personalization_render_job job
        set status = ?, views = ?::jsonb, timings = ?::jsonb, error = ?::jsonb, finished_at = now(), updated_at = now(),
            leased_until = null, input = case when ? then '{}' else input end
       from held
      where job.hash = ? and job.deleted_at is null
        and (job.status = 'queued' or job.id = ? or (job.status = 'rendering' and job.leased_until < now()))
      returning job.id, job.session_id, job.revision, job.target`,
    [
      ...[claimed.id, claimed.attempts, result.status],
      done ? JSON.stringify(result.views) : null,
      done ? JSON.stringify(result.timings) : null,
      done ? null : JSON.stringify(result.error),
      // What a visitor wrote is kept no longer than it is needed here.
      ...[done, claimed.hash, claimed.id],
    ]
  )
  if (jobs.length === 0) {
    return null
  }
  await manager.execute(
    `select pg_notify(?, id) from jsonb_array_elements_text(?::jsonb) as settled (id)`,
    [SETTLED_CHANNEL, JSON.stringify(jobs.map(({ id }) => id))]
  )
  return jobs
}

/** Open jobs that nobody is working on: their wake-up was lost, or their worker was. Oldest first. */
export async function findForgottenJobs(
  manager: SqlEntityManager,
  olderThanSeconds: number
): Promise<{ id: string; target: RenderTarget }[]> {
  return manager.execute(
    `select id, target from personalization_render_job
      where deleted_at is null
        and ((status = 'queued' and updated_at < now() - make_interval(secs => ?))
          or (status = 'rendering' and coalesce(leased_until, '-infinity') < now()))
      order by created_at limit 500`,
    [olderThanSeconds]
  )
}
