// The signing secrets of endpoints: made, stored sealed, and those in force read.
import type { SecretVault } from "../../lib/secrets"
import { newWebhookSecret } from "../../lib/webhook-signature"
import type { StoredSecret } from "./types"

/** A new secret for an endpoint: the plain text, to be shown once, and what is stored. */
export function issueSecret(
  vault: SecretVault,
  endpointId: string,
  now: Date
): { plain: string; stored: StoredSecret } {
  const plain = newWebhookSecret()
  const stored = {
    envelope: vault.seal(plain, endpointId),
    created_at: now.toISOString(),
    expires_at: null,
  }
  return { plain, stored }
}

/**
 * The secrets in force at `now`, newest first.
 * @throws AppError when one cannot be opened, see `SecretVault.open`
 */
export function openSecrets(
  vault: SecretVault,
  endpointId: string,
  stored: readonly StoredSecret[],
  now: Date
): string[] {
  return stored
    .filter(({ expires_at }) => expires_at === null || new Date(expires_at) > now)
    .map(({ envelope }) => vault.open(envelope, endpointId))
}
