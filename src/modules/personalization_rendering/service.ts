// Render jobs, the fonts that templates may use, and rendering itself in processes of its own.
import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import type { InferTypeOf, InternalModuleDeclaration, Logger } from "@medusajs/framework/types"
import { createHash } from "node:crypto"
import { requiredSources } from "../../domain/rendering/content"
import { planHash, type PlanHashInput } from "../../domain/rendering/hash"
import { createShaper, type Shaper } from "../../domain/rendering/shape"
import { AppError } from "../../lib/errors"
import { parseOptions, type PersonalizationOptions } from "../../lib/options"
import { openQueues, type QueueDependencies, type QueueHub } from "../../lib/queue"
import { runWorkflow } from "../../lib/run-workflow"
import { managerOf, type SqlContext } from "../../lib/transaction"
import { BUNDLED_FONTS, findFont, type FontEntry, readFont } from "./fonts/catalog"
import { RENDER_QUEUE, RUN_RENDER_JOB_WORKFLOW } from "./ids"
import {
  claimJob,
  findForgottenJobs,
  lockHash,
  settleJobs,
  type JobResult,
  type RenderJobInput,
} from "./job-store"
import { JobWaiter } from "./job-waiter"
import { RenderJob } from "./models/render-job"
import { loadHarfBuzz } from "./renderer/harfbuzz"
import { RendererPool } from "./renderer/pool"
import type { RenderRequest, RenderResult } from "./renderer/protocol"
import { JobRetentionStore } from "./retention-store"

export type RenderJobRow = InferTypeOf<typeof RenderJob>

/** What is asked of the renderer on behalf of a visitor or an order. */
export type JobRequest = {
  hash: string
  target: "preview" | "print"
  session_id: string | null
  visitor_id: string | null
  revision: number | null
  input: RenderJobInput
}

/** A try that failed for a reason that can pass is made again after 1, 2 and 4 seconds. */
const RENDER_RETRIES = { attempts: 4, backoff: { type: "exponential", delay: 1000 } }
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
  private readonly waiter_ = new JobWaiter(async (ids) => {
    const settled = await this.listRenderJobs(
      { id: ids, status: ["succeeded", "failed"] },
      { select: ["id"], take: ids.length }
    )
    return settled.map(({ id }) => id)
  })

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
    },
  }

  /**
   * Records a job. One whose picture was drawn before is `succeeded` at once, with the same files.
   * @throws AppError 503 `render_queue_full` with `Retry-After`
   */
  @InjectTransactionManager()
  async requestJob(
    request: JobRequest,
    @MedusaContext() context: SqlContext = {}
  ): Promise<RenderJobRow> {
    const { hash, target } = request
    // The files of a job that is being removed at this moment must not be taken for another one.
    await lockHash(managerOf(context), hash)
    const [drawn] = await this.listRenderJobs(
      { hash, target, status: "succeeded" },
      { take: 1 },
      context
    )
    if (drawn) {
      return this.createRenderJobs(
        { ...request, input: {}, status: "succeeded", views: drawn.views, finished_at: new Date() },
        context
      )
    }
    const [, waiting] = await this.listAndCountRenderJobs(
      { status: "queued" },
      { take: 1 },
      context
    )
    if (waiting >= this.options_.render.max_queued_jobs) {
      throw new AppError("unavailable", "render_queue_full", "Too many previews are waiting.", {
        headers: { "Retry-After": "10" },
      })
    }
    return this.createRenderJobs(request, context)
  }

  /**
   * Wakes a worker for a job, unless it is settled already. A queue that does not answer only delays the job: its row
   * is found again by the reconciler.
   */
  async wakeRenderer(id: string): Promise<void> {
    const job = await this.retrieveRenderJob(id, { select: ["id", "status"] })
    if (job.status !== "queued") {
      return
    }
    try {
      await this.hub_?.add(RENDER_QUEUE, { id }, RENDER_RETRIES)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.logger_.error(`personalization: render job ${id} could not be queued: ${reason}`)
    }
  }

  /** The job, marked as being drawn by the caller; null when there is nothing to do for it. */
  @InjectManager()
  async claimJob(
    id: string,
    @MedusaContext() context: SqlContext = {}
  ): Promise<RenderJobRow | null> {
    const claimed = await this.claimJob_(id, context)
    return claimed ? this.retrieveRenderJob(id) : null
  }

  @InjectTransactionManager()
  protected async claimJob_(
    id: string,
    @MedusaContext() context: SqlContext = {}
  ): Promise<boolean> {
    return claimJob(managerOf(context), id)
  }

  /**
   * Ends every open job that asked for the picture of a claimed one.
   * @returns false when the claim was lost to another worker meanwhile; nothing was changed then.
   */
  async settleJobs(
    claimed: Pick<RenderJobRow, "id" | "hash" | "attempts">,
    result: JobResult
  ): Promise<boolean> {
    const settled = await this.settleJobs_(claimed, result)
    this.waiter_.look()
    return settled
  }

  @InjectTransactionManager()
  protected async settleJobs_(
    claimed: Pick<RenderJobRow, "id" | "hash" | "attempts">,
    result: JobResult,
    @MedusaContext() context: SqlContext = {}
  ): Promise<boolean> {
    return settleJobs(managerOf(context), claimed, result)
  }

  /** Puts a claimed job back in line after a try that failed for a reason that can pass. */
  async releaseJob({ id, attempts }: Pick<RenderJobRow, "id" | "attempts">): Promise<void> {
    // A worker that was given up for lost must not take the job from the one that has it now.
    await this.updateRenderJobs({
      selector: { id, attempts, status: "rendering" },
      data: { status: "queued" },
    })
  }

  /** Wakes workers for open jobs whose wake-up or worker was lost. @returns how many. */
  @InjectManager()
  async wakeForgottenJobs(@MedusaContext() context: SqlContext = {}): Promise<number> {
    const ids = await findForgottenJobs(managerOf(context), FORGOTTEN_AFTER_SECONDS)
    for (const id of ids) {
      await this.hub_?.add(RENDER_QUEUE, { id }, RENDER_RETRIES)
    }
    return ids.length
  }

  /**
   * Resolves when a job is settled, after `milliseconds` at the latest. One query serves all who wait in this process.
   * @param signal aborted when the caller went away
   */
  async waitForJob(id: string, milliseconds: number, signal: AbortSignal): Promise<void> {
    await this.waiter_.wait(id, milliseconds, signal)
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
}

export default PersonalizationRenderingModuleService
