// The table of the standalone door: every path at the root, who may call it, and what body it takes.
// The gate refuses whatever is not in here before anything else looks at the request.

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE"

export type StandaloneRoute = {
  method: Method
  /** The path, parameters as `:name`. It is also the `route` label of metrics. */
  path: string
  /** `api_key`: a Medusa secret key in `X-API-Key`. `public`: the handler decides by visitor key, token or signature. */
  access: "public" | "api_key"
  /** How the body is read. `raw` keeps the bytes for a signature, `multipart` is left to the handler's own limits. */
  body: "none" | "json" | "raw" | "multipart" | "json_or_form"
  /** The most bytes the body may have. */
  limit?: number
  /** Served with the standalone door switched off too: links to files, payment pages, signed calls, probes. */
  always?: true
}

/** 100 kB: what a JSON body may have unless its route says otherwise. */
export const DEFAULT_BODY_LIMIT = 100 * 1024
/** 1 MB: products, templates and the fulfillment receiver. */
const LARGE_BODY_LIMIT = 1024 * 1024

/** The lines in force. */
export function activeRoutes(standaloneApi: boolean): StandaloneRoute[] {
  return standaloneApi ? standaloneRoutes : standaloneRoutes.filter((route) => route.always)
}

const standaloneRoutes: StandaloneRoute[] = [
  { method: "GET", path: "/products", access: "public", body: "none" },
  { method: "GET", path: "/products/:id", access: "public", body: "none" },
  {
    method: "POST",
    path: "/products",
    access: "api_key",
    body: "json",
    limit: LARGE_BODY_LIMIT,
  },
  {
    method: "PUT",
    path: "/products/:id",
    access: "api_key",
    body: "json",
    // A read's answer can be sent back, and it holds the template's definition.
    limit: LARGE_BODY_LIMIT,
  },
  { method: "DELETE", path: "/products/:id", access: "api_key", body: "none" },
  {
    method: "POST",
    path: "/templates",
    access: "api_key",
    body: "json",
    limit: LARGE_BODY_LIMIT,
  },
  { method: "GET", path: "/templates", access: "public", body: "none" },
  { method: "GET", path: "/templates/schema.json", access: "public", body: "none" },
  { method: "GET", path: "/templates/:id", access: "public", body: "none" },
  {
    method: "PUT",
    path: "/templates/:id",
    access: "api_key",
    body: "json",
    limit: LARGE_BODY_LIMIT,
  },
  { method: "DELETE", path: "/templates/:id", access: "api_key", body: "none" },
  { method: "GET", path: "/templates/:id/fonts", access: "public", body: "none" },
  { method: "GET", path: "/optionsets", access: "public", body: "none" },
  { method: "POST", path: "/optionsets", access: "api_key", body: "json" },
  { method: "GET", path: "/optionsets/:id", access: "public", body: "none" },
  { method: "PUT", path: "/optionsets/:id", access: "api_key", body: "json" },
  { method: "DELETE", path: "/optionsets/:id", access: "api_key", body: "none" },
  { method: "GET", path: "/sessions", access: "public", body: "none" },
  { method: "POST", path: "/sessions", access: "public", body: "json" },
  { method: "GET", path: "/sessions/:sessionId", access: "public", body: "none" },
  { method: "PATCH", path: "/sessions/:sessionId", access: "public", body: "json" },
  { method: "POST", path: "/sessions/:sessionId/uploads", access: "public", body: "multipart" },
  { method: "POST", path: "/sessions/:sessionId/preview", access: "public", body: "json" },
  { method: "GET", path: "/previews/:jobId", access: "public", body: "none" },
  { method: "GET", path: "/cart", access: "public", body: "none" },
  { method: "GET", path: "/cart/totals", access: "public", body: "none" },
  { method: "POST", path: "/cart/items", access: "public", body: "json" },
  { method: "PATCH", path: "/cart/items/:itemId", access: "public", body: "json" },
  { method: "DELETE", path: "/cart/items/:itemId", access: "public", body: "none" },
  { method: "GET", path: "/files/:token", access: "public", body: "none", always: true },
  {
    method: "POST",
    path: "/webhooks/fulfillment",
    access: "public",
    body: "raw",
    limit: LARGE_BODY_LIMIT,
    always: true,
  },
  { method: "GET", path: "/webhooklogs", access: "api_key", body: "none" },
  { method: "GET", path: "/checkout/options", access: "public", body: "none" },
  { method: "POST", path: "/checkout", access: "public", body: "json" },
  { method: "GET", path: "/orders", access: "api_key", body: "none" },
  { method: "GET", path: "/orders/:orderId", access: "public", body: "none" },
  { method: "POST", path: "/orders/:orderId/payment", access: "public", body: "json" },
  { method: "POST", path: "/orders/:orderId/status", access: "api_key", body: "json" },
  { method: "GET", path: "/orders/:orderId/print-files", access: "api_key", body: "none" },
  { method: "POST", path: "/orders/:orderId/print-files", access: "api_key", body: "json" },
  { method: "GET", path: "/sandbox/payments/:token", access: "public", body: "none", always: true },
  {
    method: "POST",
    path: "/sandbox/payments/:token",
    access: "public",
    body: "json_or_form",
    always: true,
  },
  { method: "GET", path: "/ready", access: "public", body: "none", always: true },
]
