// What a webhook says: the JSON body made from an event of the outbox.

/** An event as the outbox keeps it. */
export type StoredEvent = {
  id: string
  type: string
  /** The event's number within its order, from 1; null for one that is about no order. */
  sequence: number | null
  data: Record<string, unknown>
  created_at: Date
}

/**
 * The body `{ type, timestamp, data }` of an event, as the Standard Webhooks specification recommends.
 *
 * `timestamp` is when the event happened (ISO 8601, UTC), not when it is sent. When `data.order` is there it gets the
 * event's `sequence`, so that a receiver can put an order's events in order. An event always gives the same bytes:
 * they are what is signed, sent and sent again.
 */
export function webhookBody(event: StoredEvent): string {
  const { order } = event.data
  const data = isObject(order)
    ? { ...event.data, order: { ...order, sequence: event.sequence } }
    : event.data
  return JSON.stringify({ type: event.type, timestamp: event.created_at.toISOString(), data })
}

/**
 * Reads a body written as `webhookBody` writes it.
 * @returns null when it is not JSON of that form.
 */
export function parseWebhookBody(
  body: string
): { type: string; timestamp: string; data: Record<string, unknown> } | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return null
  }
  if (
    !isObject(parsed) ||
    typeof parsed.type !== "string" ||
    typeof parsed.timestamp !== "string"
  ) {
    return null
  }
  return isObject(parsed.data)
    ? { type: parsed.type, timestamp: parsed.timestamp, data: parsed.data }
    : null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
