// Checks a Medusa secret API key given in `X-API-Key`.
import type { MedusaRequest } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"

const MAX_KEY_LENGTH = 200

/** True when the request carries a secret key that is valid now: not revoked, not expired, not a publishable one. */
export async function hasApiKey(req: MedusaRequest): Promise<boolean> {
  const token = req.get("x-api-key")
  if (!token || token.length > MAX_KEY_LENGTH || !token.startsWith("sk_")) {
    return false
  }
  const key = await req.scope.resolve(Modules.API_KEY).authenticate(token)
  return key !== false && key.type === "secret"
}
