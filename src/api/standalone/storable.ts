// What no database column, no object and no workflow could take, wherever it stands in a request.
import type { Issue } from "../../domain/issue"

/** Levels of nesting that a body may have; a definition needs about eight. */
const MAX_DEPTH = 64
/** The most faults that are told. */
const MAX_ISSUES = 200
/** After this many characters of places no more faults are told: a long key may stand before every one of them. */
const MAX_TOLD = 20_000

/**
 * What a copy of the object would turn into its prototype, and what workflows call on every object of their input
 * (`parseStringifyIfNecessary`, Medusa 2.21.2).
 */
const REFUSED_KEYS = ["__proto__", "hasOwnProperty"]

/**
 * Finds characters that PostgreSQL's text and JSON cannot hold in any string or key, keys that no field has, and nesting
 * that is too deep. Ends at 200 faults, or sooner when their places are long. Iterative: a body of brackets alone must not
 * exhaust the stack.
 */
export function unstorable(value: unknown, at: (string | number)[]): Issue[] {
  const issues: Issue[] = []
  let told = 0
  const tell = (path: Issue["path"], code: string, rule: string) => {
    if (issues.length < MAX_ISSUES && told < MAX_TOLD) {
      const place = path.join(".")
      told += place.length
      issues.push({ path, code, message: `${place || "The input"} ${rule}.` })
    }
  }
  const open: { value: unknown; path: (string | number)[] }[] = [{ value, path: at }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: part, path } = next
    const refused = typeof part === "string" ? refusedCharacter(part) : null
    if (refused !== null) {
      tell(path, "refused_character", `holds ${refused}`)
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
        tell(path, "refused_character", `has a field whose name holds ${refused}`)
      }
      const place = [...path, Array.isArray(part) ? Number(key) : key]
      if (REFUSED_KEYS.includes(key)) {
        tell(place, "unknown_field", "is not a known field")
      } else {
        open.push({ value: child, path: place })
      }
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
