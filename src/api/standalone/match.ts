// Finds a request's line in the route table. Pure.
import type { Method, StandaloneRoute } from "./routes"

export type RouteMatch =
  | { kind: "route"; route: StandaloneRoute; params: Record<string, string> }
  | { kind: "wrong_method"; allow: Method[] }
  | { kind: "unknown" }
  /** The path is the route's, but a parameter cannot be decoded. */
  | { kind: "malformed"; route: StandaloneRoute }

/**
 * Matches a path without its query, case-sensitively; one trailing slash is ignored as Express ignores it.
 * HEAD counts as GET. A literal segment wins over a parameter.
 */
export function matchRoute(routes: StandaloneRoute[], method: string, path: string): RouteMatch {
  const segments = split(path)
  const asked = method === "HEAD" ? "GET" : method
  const candidates = routes
    .map((route) => ({ route, params: matchSegments(split(route.path), segments) }))
    .filter((found): found is { route: StandaloneRoute; params: string[][] } => !!found.params)
    .sort((a, b) => a.params.length - b.params.length)
  const fewest = candidates[0]?.params.length
  const best = candidates.filter((found) => found.params.length === fewest)
  const hit = best.find((found) => found.route.method === asked)
  if (!hit) {
    const allow = best.map((found) => found.route.method)
    return allow.length > 0 ? { kind: "wrong_method", allow } : { kind: "unknown" }
  }
  try {
    return {
      kind: "route",
      route: hit.route,
      params: Object.fromEntries(
        hit.params.map(([name = "", value = ""]) => [name, decodeURIComponent(value)])
      ),
    }
  } catch {
    return { kind: "malformed", route: hit.route }
  }
}

function split(path: string): string[] {
  return path.replace(/\/$/, "").split("/").slice(1)
}

function matchSegments(pattern: string[], segments: string[]): string[][] | null {
  if (pattern.length !== segments.length) {
    return null
  }
  const params: string[][] = []
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? ""
    if (part.startsWith(":")) {
      if (segment === "") {
        return null
      }
      params.push([part.slice(1), segment])
    } else if (part !== segment) {
      return null
    }
  }
  return params
}
