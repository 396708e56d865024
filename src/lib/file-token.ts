// Links to private files: an HMAC over the file's id and the link's expiry. Nothing about a link is stored.
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto"

const MAC_BYTES = 18

/** A key for one purpose, derived from the `secret` option (HKDF-SHA-256, RFC 5869). */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "medusa-plugin-personalization", purpose, 32))
}

/**
 * The token of a link to a file.
 * @param expiresAt seconds since the epoch; 0 for a link that never ends (catalogue pictures).
 */
export function signFileToken(secret: string, fileId: string, expiresAt: number): string {
  return `${fileId}.${expiresAt.toString(36)}.${mac(secret, fileId, expiresAt).toString("base64url")}`
}

/** The file a token stands for, or null when it is malformed, forged or over at `now` (seconds since the epoch). */
export function verifyFileToken(secret: string, token: string, now: number): string | null {
  const [fileId, expiry, given, ...rest] = token.split(".")
  if (!fileId || !expiry || !given || rest.length > 0 || !/^[0-9a-z]{1,9}$/.test(expiry)) {
    return null
  }
  const expiresAt = parseInt(expiry, 36)
  const expected = mac(secret, fileId, expiresAt)
  const actual = Buffer.from(given, "base64url")
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    return null
  }
  return expiresAt === 0 || expiresAt > now ? fileId : null
}

function mac(secret: string, fileId: string, expiresAt: number): Buffer {
  return createHmac("sha256", deriveKey(secret, "files"))
    .update(`${fileId}.${expiresAt}`)
    .digest()
    .subarray(0, MAC_BYTES)
}
