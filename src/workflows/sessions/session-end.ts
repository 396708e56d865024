// How long a session is kept.
import type { PersonalizationOptions } from "../../lib/options"

/** When a session that was used now will be over. */
export function sessionEnd({ session }: Pick<PersonalizationOptions, "session">): Date {
  return new Date(Date.now() + session.ttl_seconds * 1000)
}
