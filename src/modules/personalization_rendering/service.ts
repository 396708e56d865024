// Render jobs, the fonts that templates may use, and rendering itself in processes of its own.
import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import type { InferTypeOf, InternalModuleDeclaration, Logger } from "@medusajs/framework/types"
import { createHash } from "node:crypto"
import { requiredSources, type RenderTarget } from "../../domain/rendering/content"
import { planHash, type PlanHashInput } from "../../domain/rendering/hash"
import { createShaper, type Shaper } from "../../domain/rendering/shape"
import { AppError } from "../../lib/errors"
import { fileUrl } from "../../lib/file-url"
import { NotificationListener } from "../../lib/notifications"
import { parseOptions, type PersonalizationOptions } from "../../lib/options"
import { insertLooseEvents, type LooseEvent } from "../../lib/outbox"
import { openQueues, type QueueDependencies, type QueueHub } from "../../lib/queue"
import { runWorkflow } from "../../lib/run-workflow"
import { managerOf, type SqlContext } from "../../lib/transaction"
import { BUNDLED_FONTS, findFont, type FontEntry, readFont } from "./fonts/catalog"
import { RENDER_QUEUE, RUN_RENDER_JOB_WORKFLOW } from "./ids"
import {
  claimJob,
  findForgottenJobs,
  findJob,
  insertJob,
  prolongJob,
  releaseJob,
  SETTLED_CHANNEL,
  settleJobs,
  type ClaimedJob,
  type JobRequest,
  type JobResult,
  type JobState,
  type SettledJob,
} from "./job-store"
import { JobWaiter, type Watch } from "./job-waiter"
import { RenderJob } from "./models/render-job"
import { loadHarfBuzz } from "./renderer/harfbuzz"
import { RendererPool } from "./renderer/pool"
import type { RenderRequest, RenderResult } from "./renderer/protocol"
import { JobRetentionStore } from "./retention-store"

export type RenderJobRow = InferTypeOf<typeof RenderJob>

/** A try that failed for a reason that can pass is made again after 1, 2 and 4 seconds. */
const RENDER_RETRIES = { attempts: 4, backoff: { type: "exponential", delay: 1000 } }
/** BullMQ's: a larger number is later, and jobs without one are first. */
const PRINT_PRIORITY = 10
/** Seconds after which an open job without a sign of life is woken again. */
const FORGOTTEN_AFTER_SECONDS = 30

class PersonalizationRenderingModuleService extends MedusaService({ RenderJob }) {
  /** The removal of jobs. */
  readonly retention: JobRetentionStore
  private readonly options_: PersonalizationOptions
  private readonly logger_: Logger
  private readonly pool: RendererPool
  /** Null when the project has neither a database URL nor Redis, as in tests of this module alone. */
  private readonly hub_: QueueHub | null
  private readonly worksHere_: boolean
  private readonly listener_: NotificationListener | null
  private readonly waiter_ = new JobWaiter(async () => this.listener_?.ready() ?? false)

  constructor(
    dependencies: QueueDependencies & { baseRepository?: unknown },
    options: unknown,
    declaration?: InternalModuleDeclaration
  ) {
    super(dependencies, options, declaration)
    this.options_ = parseOptions(options)
    this.retention = new JobRetentionStore(dependencies.baseRepository)
    this.logger_ = dependencies.logger
    // No process starts before there is work for it.
    this.pool = new RendererPool(this.options_.render)
    this.worksHere_ = declaration?.worker_mode !== "server"
    this.hub_ = openQueues(dependencies, this.options_)
    const { databaseUrl } = dependencies.configModule?.projectConfig ?? {}
    this.listener_ = databaseUrl
      ? new NotificationListener(
          databaseUrl,
          SETTLED_CHANNEL,
          {
            on_message: (id) => this.waiter_.settled(id),
            on_gap: () => this.waiter_.wakeAll(),
          },
          this.logger_
        )
      : null
  }

  __hooks = {
    onApplicationStart: async () => {
      if (this.hub_ && this.worksHere_) {
        this.hub_.work(
          RENDER_QUEUE,
          async (data) => {
            await runWorkflow(RUN_RENDER_JOB_WORKFLOW, data)
          },
          this.options_.render.concurrency
        )
        await this.wakeForgottenJobs()
      }
    },
    // Workers stop before the renderer that they use.
    onApplicationPrepareShutdown: async () => {
      await this.hub_?.close()
    },
    onApplicationShutdown: async () => {
      await this.hub_?.close()
      await this.pool.close()
      await this.listener_?.close()
    },
  }

  /**
   * Records a job. One whose picture was drawn before is `succeeded` at once, with the same files.
   * @param wish `fresh`: draws anew all the same
   * @throws AppError 503 `render_queue_full` with `Retry-After`: visitors' jobs only, never those of orders
   */
  @InjectTransactionManager()
  async requestJob(
    request: JobRequest,
    { fresh = false }: { fresh?: boolean } = {},
    @MedusaContext() context: SqlContext = {}
  ): Promise<Pick<JobState, "id" | "status" | "revision">> {
    const { max_queued_jobs } = this.options_.render
    const max_queued = request.order_id === undefined ? max_queued_jobs : null
    const job = await insertJob(managerOf(context), request, { max_queued, fresh })
    if (!job) {
      throw new AppError("unavailable", "render_queue_full", "Too many previews are waiting.", {
        headers: { "Retry-After": "10" },
      })
    }
    return job
  }

  /**
   * Wakes a worker for a job that waits. A queue that does not answer only delays the job: its row is found again by the
   * reconciler.
   */
  async wakeRenderer(job: { id: string; target: RenderTarget }): Promise<void> {
    try {
      await this.wake_(job)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.logger_.error(`personalization: render job ${job.id} could not be queued: ${reason}`)
    }
  }

  /** A job of one of these targets. */
  @InjectManager()
  async findJob(
    id: string,
    targets: readonly RenderTarget[],
    @MedusaContext() context: SqlContext = {}
  ): Promise<JobState | null> {
    return findJob(managerOf(context), id, targets)
  }

  /** The job, marked as being drawn by the caller; null when there is nothing to do for it. */
  @InjectTransactionManager()
  async claimJob(
    id: string,
    @MedusaContext() context: SqlContext = {}
  ): Promise<ClaimedJob | null> {
    return claimJob(managerOf(context), id)
  }

  /** Shows that a claimed job's worker lives. @returns false when another worker has the job by now. */
  @InjectManager()
  async prolongJob(
    job: Pick<ClaimedJob, "id" | "attempts">,
    @MedusaContext() context: SqlContext = {}
  ): Promise<boolean> {
    return prolongJob(managerOf(context), job)
  }

  /**
   * Ends every open job that asked for the picture of a claimed one, with its event, in one transaction.
   * @returns null when the claim was lost to another worker meanwhile, and nothing was changed; else how many events
   * wait to be sent.
   */
  async settleJobs(
    claimed: Pick<ClaimedJob, "id" | "hash" | "attempts">,
    result: JobResult
  ): Promise<{ events: number } | null> {
    return this.settleJobs_(claimed, result)
  }

  @InjectTransactionManager()
  protected async settleJobs_(
    claimed: Pick<ClaimedJob, "id" | "hash" | "attempts">,
    result: JobResult,
    @MedusaContext() context: SqlContext = {}
  ): Promise<{ events: number } | null> {
    const manager = managerOf(context)
    const jobs = await settleJobs(manager, claimed, result)
    return jobs && { events: await insertLooseEvents(manager, this.events_(jobs, result)) }
  }

  /** Puts a claimed job back in line after a try that failed for a reason that can pass. */
  @InjectManager()
  async releaseJob(
    job: Pick<ClaimedJob, "id" | "attempts">,
    @MedusaContext() context: SqlContext = {}
  ): Promise<void> {
    await releaseJob(managerOf(context), job)
  }

  /** Wakes workers for open jobs whose wake-up or worker was lost. @returns how many. */
  @InjectManager()
  async wakeForgottenJobs(@MedusaContext() context: SqlContext = {}): Promise<number> {
    const jobs = await findForgottenJobs(managerOf(context), FORGOTTEN_AFTER_SECONDS)
    for (const job of jobs) {
      await this.wake_(job)
    }
    return jobs.length
  }

  /** Watches a job, to wait for its end without asking the database meanwhile. */
  async watchJob(id: string): Promise<Watch> {
    return this.waiter_.watch(id)
  }

  /** @throws when the queue's store does not answer. */
  async pingQueue(): Promise<void> {
    await this.hub_?.queue(RENDER_QUEUE).getWaitingCount()
  }

  /**
   * Renders one side of a design.
   * @throws RenderError: `queue_full` at once; `retryable` says of the others whether another try can help
   */
  async render(request: RenderRequest): Promise<RenderResult> {
    const { fonts } = requiredSources(request)
    return this.pool.render({
      ...request,
      fonts: Object.fromEntries(fonts.map((key) => [key, findFont(key).path])),
    })
  }

  /**
   * The identity of a render: equal for designs that come out as the same pixels.
   * @throws RenderError for a placement, font, asset or upload that is not there
   */
  async renderHash(input: Omit<PlanHashInput, "fonts" | "sha256">): Promise<string> {
    const fonts = await this.fontShas(requiredSources(input).fonts)
    return planHash({
      ...input,
      fonts,
      sha256: (text) => createHash("sha256").update(text).digest("hex"),
    })
  }

  /** Every font that a template may name. */
  async fonts(): Promise<readonly FontEntry[]> {
    return BUNDLED_FONTS
  }

  /** SHA-256 of the font files by key, in hex. @throws RenderError `font_unknown` */
  async fontShas(keys: readonly string[]): Promise<Record<string, string>> {
    const shas = await Promise.all(keys.map(async (key) => [key, (await readFont(key)).sha256]))
    return Object.fromEntries(shas)
  }

  /** A shaper of texts in these fonts. @throws RenderError `font_unknown` */
  async shaper(keys: readonly string[]): Promise<Shaper> {
    const fonts = await Promise.all(
      keys.map(async (key) => [key, (await readFont(key)).data] as const)
    )
    return createShaper(await loadHarfBuzz(), Object.fromEntries(fonts))
  }

  /** One entry in the queue for a job, however often it is woken. Orders' files wait for visitors who are looking. */
  private async wake_({ id, target }: { id: string; target: RenderTarget }): Promise<void> {
    await this.hub_?.add(
      RENDER_QUEUE,
      { id },
      {
        ...RENDER_RETRIES,
        jobId: id,
        removeOnComplete: true,
        removeOnFail: true,
        ...(target === "print" && { priority: PRINT_PRIORITY }),
      }
    )
  }

  private events_(jobs: SettledJob[], result: JobResult): LooseEvent[] {
    return jobs
      .filter(({ target }) => target === "preview")
      .map(({ id, session_id, revision }) => ({
        type: `preview.${result.status}`,
        data: {
          preview: {
            jobId: id,
            sessionId: session_id,
            revision,
            status: result.status,
            ...(result.status === "succeeded"
              ? {
                  views: result.views.map(({ view, file_id, width, height }) => ({
                    ...{ view, url: fileUrl(this.options_, file_id), width, height },
                  })),
                }
              : { error: { code: result.error.code, message: result.error.message } }),
          },
        },
      }))
  }
}

export default PersonalizationRenderingModuleService
