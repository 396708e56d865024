// Cross-origin rules of the standalone door: the shop's store origins, with credentials.
import { container } from "@medusajs/framework"
import type { MedusaRequest } from "@medusajs/framework/http"
import { ContainerRegistrationKeys, parseCorsOrigins } from "@medusajs/framework/utils"
import cors from "cors"
import type { IncomingMessage, ServerResponse } from "node:http"

function storeOrigins(): (string | RegExp)[] {
  const { projectConfig } = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  return parseCorsOrigins(projectConfig.http.storeCors)
}

/** The middleware that answers preflights and marks answers. Made once, when the routes are loaded. */
export function standaloneCors() {
  return cors({
    origin: storeOrigins(),
    credentials: true,
    methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    allowedHeaders: ["Content-Type", "X-Session-Key", "Idempotency-Key", "If-None-Match"],
    exposedHeaders: ["X-Session-Key", "ETag", "Retry-After", "X-Cache"],
    maxAge: 600,
  })
}

/** Medusa's own rule for `/store`, for what is answered before its chain. */
export function storeCors() {
  return cors({ origin: storeOrigins(), credentials: true })
}

/** Sets the headers that an answer to a page of another origin needs. Not for preflights. */
export function markOrigin(
  rule: ReturnType<typeof cors>,
  req: IncomingMessage,
  res: ServerResponse
): void {
  if (req.headers.origin !== undefined) {
    // Our origins are a list, so this is done when the call returns.
    rule(req, res, () => undefined)
  }
}

/**
 * True when a browser sent the request from a page that is neither ours nor one of the shop's storefronts.
 * A request without `Origin` is not from another site's page.
 */
export function isForeignOrigin(req: MedusaRequest): boolean {
  const origin = req.get("origin")
  if (origin === undefined) {
    return false
  }
  if (URL.canParse(origin) && new URL(origin).host === req.get("host")) {
    return false
  }
  return !storeOrigins().some((allowed) =>
    typeof allowed === "string" ? allowed === origin : allowed.test(origin)
  )
}
