// Names that the module and the workflows around it share: its key, its queues, and the workflows its workers run.

export const PERSONALIZATION_WEBHOOK_MODULE = "personalization_webhook"

/** Wake-ups: there may be events to hand out or deliveries due. */
export const WEBHOOK_QUEUE = "personalization-webhooks"
/** Wake-ups: an event in the inbox waits to be worked on. */
export const INBOX_QUEUE = "personalization-inbox"

export const DISPATCH_WEBHOOKS_WORKFLOW_ID = "personalization-dispatch-webhooks"
export const PROCESS_PAYMENT_EVENT_WORKFLOW_ID = "personalization-process-payment-event"

/** The inbox source of the built-in fulfillment receiver. */
export const RECEIVER_SOURCE = "receiver"

/** Which workflow works on inbox events, by how their source begins. It gets `{ id }`. */
export const INBOX_WORKFLOWS: readonly { source_prefix: string; workflow_id: string }[] = [
  { source_prefix: "payment:", workflow_id: PROCESS_PAYMENT_EVENT_WORKFLOW_ID },
]
