// Signs and verifies webhooks as the Standard Webhooks specification says (HMAC-SHA-256, `v1`).
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"
import {
  readWebhookHeaders,
  signedContent,
  type SignatureFault,
  type WebhookEnvelope,
  type WebhookHeaders,
} from "../domain/webhook/signature"

const SECRET_PREFIX = "whsec_"
/** Within the 24 to 64 bytes that the specification asks for. */
const SECRET_BYTES = 32

/** A new signing secret, `whsec_` and 256 random bits in base64. */
export function newWebhookSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString("base64")
}

/**
 * The headers of a message.
 *
 * @param message `id` stays the same whenever the message is sent again; `timestamp` is now, in seconds since the
 *   epoch; `body` are the exact characters that are sent.
 * @param secrets every secret in force, so that a receiver with either one believes the message while one replaces the other
 * @throws Error when there is no secret
 */
export function signWebhook(
  message: { id: string; timestamp: number; body: string },
  secrets: readonly string[]
): WebhookHeaders {
  if (secrets.length === 0) {
    throw new Error("A webhook cannot be signed without a secret.")
  }
  const content = signedContent(message.id, message.timestamp, message.body)
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(message.timestamp),
    "webhook-signature": secrets
      .map((secret) => `v1,${mac(secret, content).toString("base64")}`)
      .join(" "),
  }
}

/**
 * Checks a received message: age first, then its signatures against every secret in force.
 * @param now seconds since the epoch
 */
export function verifyWebhook(
  headers: { [K in keyof WebhookHeaders]?: string | undefined },
  body: string,
  secrets: readonly string[],
  now: number
): { success: true; value: WebhookEnvelope } | { success: false; fault: SignatureFault } {
  const read = readWebhookHeaders(headers, now)
  if (!read.success) {
    return read
  }
  const { id, timestamp, signatures } = read.value
  const content = signedContent(id, timestamp, body)
  const expected = secrets.map((secret) => mac(secret, content))
  const given = signatures.map((signature) => Buffer.from(signature, "base64"))
  const matches = given.some((one) =>
    expected.some((other) => one.length === other.length && timingSafeEqual(one, other))
  )
  return matches ? read : { success: false, fault: "signature_mismatch" }
}

function mac(secret: string, content: string): Buffer {
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret
  const key = Buffer.from(encoded, "base64")
  if (key.length === 0) {
    throw new Error("A webhook secret must not be empty.")
  }
  return createHmac("sha256", key).update(content).digest()
}
