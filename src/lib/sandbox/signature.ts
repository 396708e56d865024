// Signatures of the sandbox's payment events: HMAC-SHA-256 over `<timestamp>.<body>`, in one header with the timestamp.
import { createHmac, timingSafeEqual } from "node:crypto"

/** The header of a signed event: `t=<seconds since the epoch>,v1=<hex>`. */
export const SIGNATURE_HEADER = "sandbox-signature"
/** How far the timestamp may be from now, in seconds, either way. */
export const SIGNATURE_TOLERANCE_SECONDS = 300

/** The header's value for a body sent at `timestamp` (seconds since the epoch). */
export function signEvent(secret: string, timestamp: number, body: string | Buffer): string {
  return `t=${timestamp},v1=${mac(secret, timestamp, body).toString("hex")}`
}

/** Whether the header is this body's signature, made within the tolerance around `now` (seconds since the epoch). */
export function verifyEvent(
  secret: string,
  header: string,
  body: string | Buffer,
  now: number
): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header)
  if (!match?.[1] || !match[2]) {
    return false
  }
  const timestamp = Number(match[1])
  const genuine = timingSafeEqual(mac(secret, timestamp, body), Buffer.from(match[2], "hex"))
  return genuine && Math.abs(now - timestamp) <= SIGNATURE_TOLERANCE_SECONDS
}

function mac(secret: string, timestamp: number, body: string | Buffer): Buffer {
  return createHmac("sha256", secret).update(`${timestamp}.`).update(body).digest()
}
