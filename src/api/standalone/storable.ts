// What no database column and no workflow could take, wherever it stands in a request.
import type { Issue } from "../../domain/issue"

/** Levels of nesting that a body may have; a definition needs about eight. */
const MAX_DEPTH = 64

/**
 * Finds U+0000, which PostgreSQL's text cannot hold, in any string or key, and nesting that is too deep.
 * Iterative: a body of brackets alone must not exhaust the stack.
 */
export function unstorable(value: unknown, at: (string | number)[]): Issue[] {
  const issues: Issue[] = []
  const open: { value: unknown; path: (string | number)[] }[] = [{ value, path: at }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: part, path } = next
    if (typeof part === "string" && part.includes("\u0000")) {
      issues.push({
        path,
        code: "refused_character",
        message: `${path.join(".") || "The input"} holds the character U+0000.`,
      })
    }
    if (typeof part !== "object" || part === null) {
      continue
    }
    if (path.length - at.length >= MAX_DEPTH) {
      const message = `The body is nested over ${MAX_DEPTH} levels deep.`
      return [{ path: [], code: "too_deep", message, params: { max_depth: MAX_DEPTH } }]
    }
    for (const [key, child] of Object.entries(part)) {
      if (key.includes("\u0000")) {
        const message = "A field's name holds the character U+0000."
        issues.push({ path, code: "refused_character", message })
      }
      open.push({ value: child, path: [...path, Array.isArray(part) ? Number(key) : key] })
    }
  }
  return issues
}
