// What stands before the routes of the standalone door.
import type { MiddlewareRoute } from "@medusajs/framework/http"
import { standaloneCors } from "./cors"
import { standaloneGate } from "./gate"
import { pluginOptions } from "./plugin-options"
import { standaloneRoutes } from "./routes"

/** None when the door is switched off, so that a host's own routes at these paths are left alone. */
export function standaloneMiddlewares(): MiddlewareRoute[] {
  if (!pluginOptions().standalone_api) {
    return []
  }
  const prefixes = new Set(standaloneRoutes.map((route) => route.path.split("/")[1] ?? ""))
  // Express matches paths without regard to case, so the gate must stand before `/Products` too. The group captures
  // nothing: Express would decode a capture, and fail on a malformed escape before the gate could answer.
  const matcher = new RegExp(`^/(?:${[...prefixes].map(escapeRegExp).join("|")})(?=/|$)`, "i")
  return [{ matcher, bodyParser: false, middlewares: [standaloneCors(), standaloneGate] }]
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
}
