// What stands before the routes of the standalone door.
import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
  MiddlewareRoute,
} from "@medusajs/framework/http"
import { catalogResponder } from "./catalog/responder"
import { standaloneCors } from "./cors"
import { standaloneGate } from "./gate"
import { pluginOptions } from "./plugin-options"
import { activeRoutes } from "./routes"

/** Prefixes that are the door's alone: an unknown path below them is answered here, in the door's form. */
const OWNED = new Set([
  "products",
  "templates",
  "optionsets",
  "sessions",
  "previews",
  "cart",
  "checkout",
  "orders",
  "webhooklogs",
])

/** They stand before the paths in force only: a host's own routes elsewhere, and its body parsers, are left alone. */
export function standaloneMiddlewares(): MiddlewareRoute[] {
  const routes = activeRoutes(pluginOptions().standalone_api)
  const patterns = new Set(
    routes.map(({ path }) => {
      const prefix = path.split("/")[1] ?? ""
      return OWNED.has(prefix) ? `${prefix}(?=/|$)` : `${exactPattern(path)}/?$`
    })
  )
  // Express matches paths without regard to case, so the gate must stand before `/Products` too. The group captures
  // nothing: Express would decode a capture, and fail on a malformed escape before the gate could answer.
  // One with more slashes than it should have is nobody else's either.
  const matcher = new RegExp(`^/+(?:${[...patterns].join("|")})`, "i")
  return [
    ...(pluginOptions().standalone_api
      ? [
          {
            matcher: /^\/products(?=\/|$)/,
            bodyParser: false as const,
            middlewares: [answerCatalog],
          },
        ]
      : []),
    { matcher, bodyParser: false, middlewares: [standaloneCors(), standaloneGate] },
  ]
}

/** Reads of the catalog are answered here, before the gate; what is wrong with a request is for the gate to say. */
async function answerCatalog(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  if (!(await catalogResponder().answerProducts(req, res))) {
    next()
  }
}

function exactPattern(path: string): string {
  return path
    .split("/")
    .slice(1)
    .map((part) => (part.startsWith(":") ? "[^/]+" : part))
    .join("/")
}
