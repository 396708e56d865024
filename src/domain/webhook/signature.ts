// The form of a Standard Webhooks signature: headers, signed content, and how old a message may be.
// The specification: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

/** Seconds by which a message's timestamp may differ from the receiver's clock, either way. */
export const TIMESTAMP_TOLERANCE_SECONDS = 300

/** The three headers of a message, as they were sent. */
export type WebhookHeaders = {
  "webhook-id": string
  /** Seconds since the epoch. */
  "webhook-timestamp": string
  /** `v1,<base64>`, several separated by spaces while a secret is being replaced. */
  "webhook-signature": string
}

/** Why a message is not believed. */
export type SignatureFault =
  | "missing_headers"
  | "malformed_headers"
  | "timestamp_too_old"
  | "timestamp_too_new"
  | "signature_mismatch"

/** A message's headers, read. */
export type WebhookEnvelope = {
  id: string
  /** Seconds since the epoch. */
  timestamp: number
  /** The `v1` signatures, base64; other versions are left out. */
  signatures: string[]
}

/** What is signed: the id, the timestamp and the body, joined with dots. */
export function signedContent(id: string, timestamp: number, body: string): string {
  return `${id}.${timestamp}.${body}`
}

/**
 * Reads the headers of a received message and checks its age.
 * @param now seconds since the epoch
 */
export function readWebhookHeaders(
  headers: { [K in keyof WebhookHeaders]?: string | undefined },
  now: number
): { success: true; value: WebhookEnvelope } | { success: false; fault: SignatureFault } {
  const id = headers["webhook-id"]
  const sent = headers["webhook-timestamp"]
  const given = headers["webhook-signature"]
  if (!id || !sent || !given) {
    return { success: false, fault: "missing_headers" }
  }
  // A dot in the id would let one message's signature stand for another's; more than 255 bytes is not an id of ours.
  if (!/^[\x21-\x2d\x2f-\x7e]{1,255}$/.test(id) || !/^\d{1,12}$/.test(sent)) {
    return { success: false, fault: "malformed_headers" }
  }
  const timestamp = Number(sent)
  if (now - timestamp > TIMESTAMP_TOLERANCE_SECONDS) {
    return { success: false, fault: "timestamp_too_old" }
  }
  if (timestamp - now > TIMESTAMP_TOLERANCE_SECONDS) {
    return { success: false, fault: "timestamp_too_new" }
  }
  const signatures = given
    .split(" ")
    .filter((part) => part.startsWith("v1,"))
    .map((part) => part.slice("v1,".length))
  return { success: true, value: { id, timestamp, signatures } }
}
