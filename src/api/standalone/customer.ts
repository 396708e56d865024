// The customer who is signed in with Medusa, on either door.
import {
  authenticate,
  type AuthenticatedMedusaRequest,
  type MedusaRequest,
  type MedusaResponse,
} from "@medusajs/framework/http"

/** Medusa's own rule for `/store`: a session cookie or a bearer token, and nobody is turned away. */
const identify = authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true })

/** Medusa's mark of accounts with a second factor, which only counts once it was given. */
type SecondFactor = { mfa_enabled?: boolean; mfa_challenge_completed_at?: unknown }

/** The id of the signed-in customer, or null. No query. */
export async function signedInCustomer(
  req: MedusaRequest,
  res: MedusaResponse
): Promise<string | null> {
  await new Promise<void>((resolve, reject) => {
    void identify(req, res, (error?: unknown) => (error ? reject(error) : resolve()))
  })
  // A request that nobody is signed in for has none, whatever the type says.
  const context: AuthenticatedMedusaRequest["auth_context"] | undefined = (
    req as AuthenticatedMedusaRequest
  ).auth_context
  if (context?.actor_type !== "customer" || !context.actor_id) {
    return null
  }
  const { mfa_enabled, mfa_challenge_completed_at } = context as SecondFactor
  return mfa_enabled && !mfa_challenge_completed_at ? null : context.actor_id
}

/** True when Medusa's session cookie signs somebody in: a browser sends it along from any page. */
export function isSignedInByCookie(req: MedusaRequest): boolean {
  const { session } = req as { session?: { auth_context?: unknown } }
  return session?.auth_context !== undefined
}
