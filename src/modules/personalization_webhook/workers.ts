// The module's workers: what is done when a queue wakes them.
import type { Logger } from "@medusajs/framework/types"
import type { QueueHub } from "../../lib/queue"
import { runWorkflow } from "../../lib/run-workflow"
import { DISPATCH_WEBHOOKS_WORKFLOW_ID, INBOX_QUEUE, INBOX_WORKFLOWS, WEBHOOK_QUEUE } from "./ids"
import type { SettleInboxInput } from "./types"

/** Several runs at a time share the deliveries, so that one that waits for slow receivers holds up nothing. */
const DISPATCH_CONCURRENCY = 4
const INBOX_CONCURRENCY = 2

/** What the inbox's worker needs of the service. */
type Inbox = {
  beginInboxWork(id: string): Promise<{ source: string } | null>
  giveInboxEventBack(id: string, error: string): Promise<void>
  settleInboxEvent(id: string, input: SettleInboxInput): Promise<void>
}

/** Starts the workers of this process. */
export function startWorkers(inbox: Inbox, hub: QueueHub, logger: Logger): void {
  hub.work(
    WEBHOOK_QUEUE,
    async () => {
      await logged(logger, "dispatch of webhooks", () =>
        runWorkflow(DISPATCH_WEBHOOKS_WORKFLOW_ID, {})
      )
    },
    DISPATCH_CONCURRENCY
  )
  hub.work(
    INBOX_QUEUE,
    async (data) => {
      await logged(logger, `work on inbox event ${String(data.id)}`, () =>
        workInbox(inbox, String(data.id))
      )
    },
    INBOX_CONCURRENCY
  )
}

async function workInbox(inbox: Inbox, id: string): Promise<void> {
  const event = await inbox.beginInboxWork(id)
  if (!event) {
    return
  }
  const workflow = INBOX_WORKFLOWS.find(({ source_prefix }) =>
    event.source.startsWith(source_prefix)
  )
  if (!workflow) {
    await inbox.settleInboxEvent(id, {
      state: "ignored",
      error: `Nothing here works on events of ${event.source}.`,
    })
    return
  }
  try {
    await runWorkflow(workflow.workflow_id, { id })
  } catch (error) {
    await inbox.giveInboxEventBack(id, error instanceof Error ? error.message : String(error))
    throw error
  }
}

/** A job's failure stays in the queue's books only, so it is logged here. */
async function logged(logger: Logger, what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    logger.error(`personalization: ${what} failed: ${reason}`)
    throw error
  }
}
