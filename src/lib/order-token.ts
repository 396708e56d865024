// The token that opens one order's page without a session: an HMAC over the order's id. Nothing about it is stored.
import { createHmac, timingSafeEqual } from "node:crypto"
import { deriveKey } from "./file-token"

/** The token of an order; it lives as long as the `secret` option. */
export function signOrderToken(secret: string, orderId: string): string {
  return createHmac("sha256", deriveKey(secret, "orders")).update(orderId).digest("base64url")
}

/** Whether a token opens the order. */
export function verifyOrderToken(secret: string, orderId: string, token: string): boolean {
  const expected = Buffer.from(signOrderToken(secret, orderId), "base64url")
  const actual = Buffer.from(token, "base64url")
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}
