// Endpoints, the outbox and its deliveries, the log of attempts, and the inbox; with the queues that wake their workers.
import {
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
  generateEntityId,
} from "@medusajs/framework/utils"
import type { Context, InternalModuleDeclaration, Logger } from "@medusajs/framework/types"
import type { SqlEntityManager } from "@medusajs/framework/mikro-orm/knex"
import type { Issue } from "../../domain/issue"
import { checkEventFilter } from "../../domain/webhook/event-types"
import { webhookBody } from "../../domain/webhook/payload"
import type { SignatureFault, WebhookHeaders } from "../../domain/webhook/signature"
import { EgressClient } from "../../lib/egress"
import { invalid } from "../../lib/errors"
import { parseOptions, type PersonalizationOptions } from "../../lib/options"
import { openQueues, type QueueDependencies, type QueueHub } from "../../lib/queue"
import { SecretVault } from "../../lib/secrets"
import { signWebhook, verifyWebhook } from "../../lib/webhook-signature"
import { claimDue, fanOut, settle, type ClaimRow } from "./dispatch-store"
import { issueSecret, openSecrets } from "./endpoint-secrets"
import { INBOX_QUEUE, WEBHOOK_QUEUE } from "./ids"
import { beginWork, findWaiting, giveBack, insertOnce, settleInbox } from "./inbox-store"
import { PersonalizationWebhookAttempt } from "./models/attempt"
import { PersonalizationWebhookDelivery } from "./models/delivery"
import { PersonalizationWebhookEndpoint } from "./models/endpoint"
import { PersonalizationWebhookEvent } from "./models/event"
import { PersonalizationWebhookInbox } from "./models/inbox"
import { WebhookRetentionStore } from "./retention-store"
import type {
  AttemptReport,
  ClaimedDelivery,
  CreateEndpointInput,
  EndpointRow,
  EndpointView,
  InboxRow,
  ReceivedEvent,
  ReceiveInput,
  SettleInboxInput,
  StoredSecret,
} from "./types"
import { startWorkers } from "./workers"

/** Wake-ups of the inbox are tried again soon, and every minute by the reconciler. */
const INBOX_JOB = { attempts: 5, backoff: { type: "exponential", delay: 1000 } }

class PersonalizationWebhookModuleService extends MedusaService({
  PersonalizationWebhookEndpoint,
  PersonalizationWebhookEvent,
  PersonalizationWebhookDelivery,
  PersonalizationWebhookAttempt,
  PersonalizationWebhookInbox,
}) {
  readonly options: PersonalizationOptions
  /** The client every outgoing webhook goes through. */
  readonly egress: EgressClient
  /** What is kept of persons in events, answers and calls. */
  readonly retention: WebhookRetentionStore
  private readonly logger_: Logger
  private readonly vault_: SecretVault
  /** Null when the project has neither a database URL nor Redis, as in tests of this module alone. */
  private readonly hub_: QueueHub | null
  private readonly worksHere_: boolean

  constructor(
    dependencies: QueueDependencies & { baseRepository?: unknown },
    options: unknown,
    declaration?: InternalModuleDeclaration
  ) {
    super(dependencies, options, declaration)
    const { logger } = dependencies
    this.options = parseOptions(options)
    this.retention = new WebhookRetentionStore(dependencies.baseRepository)
    this.logger_ = logger
    this.vault_ = new SecretVault(this.options.secret)
    this.egress = new EgressClient({ allow_hosts: this.options.webhooks.allow_hosts })
    this.worksHere_ = declaration?.worker_mode !== "server"
    this.hub_ = openQueues(dependencies, this.options)
  }

  __hooks = {
    onApplicationStart: async () => {
      if (this.hub_ && this.worksHere_) {
        startWorkers(this, this.hub_, this.logger_)
        // What was left over when the last process went down should not wait for the clock.
        await this.wakeDispatcher()
      }
    },
    onApplicationPrepareShutdown: async () => {
      await this.hub_?.close()
    },
    onApplicationShutdown: async () => {
      await this.hub_?.close()
    },
  }

  /**
   * Makes an endpoint and its first signing secret.
   * @returns the secret in plain text, which can never be read again
   * @throws AppError 400 with every fault of the input
   */
  async createEndpoint(
    input: CreateEndpointInput
  ): Promise<{ endpoint: EndpointView; secret: string }> {
    const issues = this.endpointIssues_(input)
    if (issues.length > 0) {
      throw invalid(issues)
    }
    const id = generateEntityId(undefined, "pwep")
    const { plain, stored } = issueSecret(this.vault_, id, new Date())
    const row = await this.createPersonalizationWebhookEndpoints({
      id,
      name: input.name.trim(),
      kind: input.kind,
      url: input.kind === "http" ? (input.url ?? null) : null,
      // The model's json type is an object; a list is stored all the same.
      events: (input.events ?? null) as unknown as Record<string, unknown> | null,
      secrets: [stored] as unknown as Record<string, unknown>,
    })
    return { endpoint: toEndpointView(row), secret: plain }
  }

  /**
   * Checks a call to the built-in receiver against the secrets of every enabled endpoint of kind `internal`.
   * @param now seconds since the epoch
   */
  async verifyInternalCall(
    headers: { [K in keyof WebhookHeaders]?: string | undefined },
    body: string,
    now: number
  ): Promise<{ success: true; id: string } | { success: false; fault: SignatureFault }> {
    const endpoints = await this.listPersonalizationWebhookEndpoints({
      kind: "internal",
      enabled: true,
    })
    const secrets = endpoints.flatMap((endpoint) =>
      openSecrets(this.vault_, endpoint.id, storedSecrets(endpoint), new Date(now * 1000))
    )
    const checked = verifyWebhook(headers, body, secrets, now)
    return checked.success ? { success: true, id: checked.value.id } : checked
  }

  /** Hands out events of the outbox to the endpoints that want them; returns how many events. */
  async fanOutEvents(limit: number): Promise<number> {
    return await this.inTransaction_((manager) => fanOut(manager, limit))
  }

  /**
   * Claims at most `limit` deliveries that are due, signed and ready to send; the log has a row for each by then.
   * Whoever claims must report with `settleAttempt` within a minute, or another dispatcher takes over.
   */
  async claimDeliveries(limit: number): Promise<ClaimedDelivery[]> {
    const rows = await this.inTransaction_((manager) => claimDue(manager, limit))
    return rows.map((row) => this.prepare_(row))
  }

  /** Writes down what came of an attempt: its log row, the delivery's state, and the endpoint if it is gone. */
  async settleAttempt(delivery: ClaimedDelivery, report: AttemptReport): Promise<void> {
    const { id, attempt_id, endpoint } = delivery
    const claim = { id, attempt_id, endpoint_id: endpoint.id }
    await this.inTransaction_((manager) => settle(manager, claim, report))
  }

  /** Stores a verified call once; a second one with the same source and id changes nothing. */
  async receive(input: ReceiveInput): Promise<ReceivedEvent> {
    return await this.inTransaction_((manager) => insertOnce(manager, input))
  }

  /** An event of the inbox. @throws MedusaError `not_found` */
  async retrieveInboxEvent(id: string): Promise<InboxRow> {
    return await this.retrievePersonalizationWebhookInbox(id)
  }

  /** Takes an event of the inbox for work; null when it is settled or taken. */
  async beginInboxWork(id: string): Promise<{ source: string; attempts: number } | null> {
    return await this.inTransaction_((manager) => beginWork(manager, id))
  }

  /** Gives an event back whose work failed, to be worked on again. */
  async giveInboxEventBack(id: string, error: string): Promise<void> {
    await this.inTransaction_((manager) => giveBack(manager, id, error))
  }

  /** Ends the work on an event of the inbox. Settling twice changes nothing. */
  async settleInboxEvent(id: string, input: SettleInboxInput): Promise<void> {
    await this.inTransaction_((manager) => settleInbox(manager, id, input))
  }

  /** Ids of inbox events that have waited longer than `seconds` while nobody worked on them. */
  async listWaitingInboxIds(seconds: number, limit: number): Promise<string[]> {
    return await this.inTransaction_((manager) => findWaiting(manager, seconds, limit))
  }

  /** Has a worker look at an event of the inbox now. Logs what goes wrong and never throws: the row is the truth. */
  async wakeInbox(id: string): Promise<void> {
    await this.wake_(INBOX_QUEUE, { id }, INBOX_JOB)
  }

  /**
   * Has a worker look for webhooks to send, now or after a delay in seconds. Call it after the transaction that wrote
   * the event; it is cheap, may be called at any time, logs what goes wrong and never throws.
   */
  async wakeDispatcher(delaySeconds = 0): Promise<void> {
    await this.wake_(WEBHOOK_QUEUE, {}, { delay: Math.ceil(delaySeconds * 1000) })
  }

  @InjectTransactionManager()
  protected async inTransaction_<T>(
    work: (manager: SqlEntityManager) => Promise<T>,
    @MedusaContext() context: Context<SqlEntityManager> = {}
  ): Promise<T> {
    const { transactionManager } = context
    if (!transactionManager) {
      throw new Error("The webhook module was called without a database connection.")
    }
    return await work(transactionManager)
  }

  private async wake_(
    queue: string,
    data: Record<string, unknown>,
    options: Parameters<QueueHub["add"]>[2]
  ): Promise<void> {
    try {
      await this.hub_?.add(queue, data, options)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.logger_.error(`personalization: a wake-up of ${queue} failed: ${reason}`)
    }
  }

  private endpointIssues_(input: CreateEndpointInput): Issue[] {
    const issues = checkEventFilter(input.events ?? null)
    if (!input.name.trim()) {
      issues.push({ path: ["name"], code: "required", message: "name: must not be empty." })
    }
    if (input.kind === "http") {
      issues.push(...this.egress.checkUrl(input.url ?? ""))
    } else if (input.url) {
      const message = "url: an internal endpoint has none."
      issues.push({ path: ["url"], code: "url_not_allowed", message })
    }
    return issues
  }

  private prepare_(row: ClaimRow): ClaimedDelivery {
    return {
      id: row.id,
      attempt_id: row.attempt_id,
      attempt: row.attempt,
      event: { id: row.event_id, type: row.type, order_id: row.order_id },
      endpoint: { id: row.endpoint_id, kind: row.kind, url: row.url ?? row.kind },
      message: this.sign_(row),
    }
  }

  private sign_(row: ClaimRow): ClaimedDelivery["message"] {
    const now = new Date()
    try {
      const secrets = openSecrets(this.vault_, row.endpoint_id, row.secrets, now)
      const body = webhookBody({
        id: row.event_id,
        type: row.type,
        sequence: row.sequence,
        data: row.data,
        created_at: new Date(row.event_created_at),
      })
      const timestamp = Math.floor(now.getTime() / 1000)
      return { headers: signWebhook({ id: row.event_id, timestamp, body }, secrets), body }
    } catch (error) {
      return { fault: error instanceof Error ? error.message : String(error) }
    }
  }
}

function storedSecrets(endpoint: { secrets: unknown }): StoredSecret[] {
  return endpoint.secrets as StoredSecret[]
}

function toEndpointView(row: Omit<EndpointRow, "events"> & { events: unknown }): EndpointView {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    url: row.url,
    events: row.events as string[] | null,
    enabled: row.enabled,
    disabled_reason: row.disabled_reason,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

export default PersonalizationWebhookModuleService
