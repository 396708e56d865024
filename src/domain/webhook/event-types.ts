// The public event types that outgoing webhooks carry, and which of them an endpoint wants.
import type { Issue } from "../issue"

/** Every event type a partner can subscribe to. A type is never renamed; new ones are added. */
export const WEBHOOK_EVENT_TYPES = [
  "order.created",
  "order.paid",
  "order.ready_for_production",
  "order.in_production",
  "order.shipped",
  "order.delivered",
  "order.canceled",
  "preview.succeeded",
  "preview.failed",
] as const

/** A public event type such as `order.paid`. */
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number]

/** True for a type in `WEBHOOK_EVENT_TYPES`. */
export function isWebhookEventType(type: string): type is WebhookEventType {
  return (WEBHOOK_EVENT_TYPES as readonly string[]).includes(type)
}

/** True when an endpoint with this filter gets events of the type; a filter of `null` lets all through. */
export function wantsEvent(filter: readonly string[] | null, type: string): boolean {
  return filter === null || filter.includes(type)
}

/** The faults of an event filter: it is `null` or names at least one known type, each once. */
export function checkEventFilter(filter: readonly string[] | null): Issue[] {
  if (filter === null) {
    return []
  }
  if (filter.length === 0) {
    return [
      {
        path: ["events"],
        code: "events_empty",
        message: "events: name at least one event type, or null for all of them.",
      },
    ]
  }
  return filter.flatMap((type, index): Issue[] => {
    const path = ["events", index]
    if (!isWebhookEventType(type)) {
      return [
        {
          path,
          code: "unknown_event_type",
          message: `events.${index}: "${type}" is not an event type.`,
          params: { allowed: [...WEBHOOK_EVENT_TYPES] },
        },
      ]
    }
    if (filter.indexOf(type) !== index) {
      const message = `events.${index}: "${type}" is named twice.`
      return [{ path, code: "duplicate_event_type", message }]
    }
    return []
  })
}
