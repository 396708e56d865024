// Bounds the work that a definition can cause, before its form is looked at.
import type { Issue } from "../issue"
import { issue, type Path } from "./findings"
import { DEFINITION_LIMITS } from "./limits"

const {
  bytes: MAX_BYTES,
  depth: MAX_DEPTH,
  entries: MAX_ENTRIES,
  values: MAX_VALUES,
} = DEFINITION_LIMITS

type Open = { value: unknown; depth: number; parent: Open | null; key: string }

/**
 * An issue when a value has more bytes as JSON, more levels, more values or longer lists than a definition may have; a list that
 * is too long is reported at its path. Iterative, and it ends at the first limit, so that neither a bottomless nor a circular
 * value hurts.
 */
export function sizeIssues(input: unknown): Issue[] {
  let bytes = 0
  let values = 0
  const open: Open[] = [{ value: input, depth: 0, parent: null, key: "" }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    bytes += ownBytes(value)
    values++
    if (typeof value === "object" && value !== null) {
      const count = Array.isArray(value) ? value.length : Object.keys(value).length
      if (depth >= MAX_DEPTH && count > 0) {
        return [
          issue([], "too_deep", `The definition is nested over ${MAX_DEPTH} levels deep.`, {
            max_depth: MAX_DEPTH,
          }),
        ]
      }
      if (count > MAX_ENTRIES) {
        return [tooManyEntries(next, count)]
      }
      for (const [key, child] of Object.entries(value)) {
        bytes += Array.isArray(value) ? 1 : stringBytes(key) + 2
        open.push({ value: child, depth: depth + 1, parent: next, key })
      }
    }
    if (bytes > MAX_BYTES) {
      return [
        issue([], "definition_too_large", `The definition is over ${MAX_BYTES} bytes.`, {
          max_bytes: MAX_BYTES,
        }),
      ]
    }
    if (values > MAX_VALUES) {
      return [
        issue([], "definition_too_large", `The definition holds over ${MAX_VALUES} values.`, {
          max_values: MAX_VALUES,
        }),
      ]
    }
  }
  return []
}

function tooManyEntries(from: Open, entries: number): Issue {
  const path: Path = []
  for (let at = from; at.parent; at = at.parent) {
    path.unshift(Array.isArray(at.parent.value) ? Number(at.key) : at.key)
  }
  const field = path.join(".") || "The definition"
  return issue(path, "too_big", `${field} must have at most ${MAX_ENTRIES} entries.`, {
    maximum: MAX_ENTRIES,
    entries,
  })
}

/** The bytes of a value's JSON without its parts: exact for strings and numbers, brackets counted with them. */
function ownBytes(value: unknown): number {
  switch (typeof value) {
    case "string":
      return stringBytes(value)
    case "number":
      return String(value).length
    case "boolean":
      return value ? 4 : 5
    case "object":
      return value === null ? 4 : 2
    default:
      return 1
  }
}

/** UTF-8 bytes with quotes. A long string is over the limit whatever it holds, and is not read through. */
function stringBytes(text: string): number {
  if (text.length > MAX_BYTES) {
    return text.length
  }
  let bytes = 2
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3
  }
  return bytes
}
