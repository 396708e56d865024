// What no database column and no workflow could take, wherever it stands in a request.
import type { Issue } from "../../domain/issue"

/** Levels of nesting that a body may have; a definition needs about eight. */
const MAX_DEPTH = 64

/**
 * Finds characters that PostgreSQL's text and JSON cannot hold in any string or key, and nesting that is too deep.
 * Iterative: a body of brackets alone must not exhaust the stack.
 */
export function unstorable(value: unknown, at: (string | number)[]): Issue[] {
  const issues: Issue[] = []
  const open: { value: unknown; path: (string | number)[] }[] = [{ value, path: at }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: part, path } = next
    const refused = typeof part === "string" ? refusedCharacter(part) : null
    if (refused !== null) {
      const message = `${path.join(".") || "The input"} holds ${refused}.`
      issues.push({ path, code: "refused_character", message })
    }
    if (typeof part !== "object" || part === null) {
      continue
    }
    if (path.length - at.length >= MAX_DEPTH) {
      const message = `The body is nested over ${MAX_DEPTH} levels deep.`
      return [{ path: [], code: "too_deep", message, params: { max_depth: MAX_DEPTH } }]
    }
    for (const [key, child] of Object.entries(part)) {
      const refused = refusedCharacter(key)
      if (refused !== null) {
        const message = `A field's name holds ${refused}.`
        issues.push({ path, code: "refused_character", message })
      }
      open.push({ value: child, path: [...path, Array.isArray(part) ? Number(key) : key] })
    }
  }
  return issues
}

/** JSON can spell both, PostgreSQL takes neither. */
function refusedCharacter(text: string): string | null {
  if (text.includes("\u0000")) {
    return "the character U+0000"
  }
  return /\p{Surrogate}/u.test(text) ? "half of a surrogate pair" : null
}
