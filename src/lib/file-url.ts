// Absolute links to private files.
import { signFileToken } from "./file-token"
import type { PersonalizationOptions } from "./options"

/** Seconds that links to uploads and previews live unless their user says otherwise: a day. */
const DEFAULT_LIFE_SECONDS = 86_400
/** Links are cut to this step, so that the same file keeps the same link, and caches work, for a while. */
const STEP_SECONDS = 3600

/** `/files/<token>` for a file; `expires_in_seconds: 0` for a link that never ends. */
export function filePath(
  options: PersonalizationOptions,
  fileId: string,
  { expires_in_seconds = DEFAULT_LIFE_SECONDS }: { expires_in_seconds?: number } = {}
): string {
  const expiresAt = expires_in_seconds === 0 ? 0 : endOf(expires_in_seconds)
  return `/files/${signFileToken(options.secret, fileId, expiresAt)}`
}

/** Seconds since 1970. */
function endOf(lifeSeconds: number): number {
  const now = Math.floor(Date.now() / 1000)
  return (Math.floor(now / STEP_SECONDS) + 1) * STEP_SECONDS + lifeSeconds
}

/** The absolute link to a file, and when it ends (ISO 8601, UTC): after its life, and up to an hour later. */
export function fileLink(
  options: PersonalizationOptions,
  fileId: string,
  lifeSeconds: number
): { url: string; expires_at: string } {
  const expiresAt = endOf(lifeSeconds)
  const token = signFileToken(options.secret, fileId, expiresAt)
  return {
    url: `${options.public_url}/files/${token}`,
    expires_at: new Date(expiresAt * 1000).toISOString(),
  }
}

/** The absolute link to a file, from the configured public URL. */
export function fileUrl(
  options: PersonalizationOptions,
  fileId: string,
  life: { expires_in_seconds?: number } = {}
): string {
  return `${options.public_url}${filePath(options, fileId, life)}`
}

/** A url as given, or made absolute when it is a path of this server. */
export function absoluteUrl(options: PersonalizationOptions, url: string): string {
  return url.startsWith("/") ? `${options.public_url}${url}` : url
}
