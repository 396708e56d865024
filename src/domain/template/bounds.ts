// Bounds the work that a definition can cause, before its form is looked at.
import type { Issue } from "../issue"
import { issue } from "./findings"
import { DEFINITION_LIMITS } from "./limits"

const { bytes: MAX_BYTES, depth: MAX_DEPTH } = DEFINITION_LIMITS

/**
 * An issue when a value has more bytes as JSON, or more levels, than a definition may have. Iterative, and it ends at the
 * limit, so that neither a bottomless nor a circular value hurts.
 */
export function sizeIssues(input: unknown): Issue[] {
  let bytes = 0
  const open: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    if (depth > MAX_DEPTH) {
      return [
        issue([], "too_deep", `The definition is nested over ${MAX_DEPTH} levels deep.`, {
          max_depth: MAX_DEPTH,
        }),
      ]
    }
    bytes += ownBytes(value)
    if (bytes > MAX_BYTES) {
      return [
        issue([], "definition_too_large", `The definition is over ${MAX_BYTES} bytes.`, {
          max_bytes: MAX_BYTES,
        }),
      ]
    }
    if (typeof value === "object" && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        bytes += Array.isArray(value) ? 1 : stringBytes(key) + 2
        open.push({ value: child, depth: depth + 1 })
      }
    }
  }
  return []
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
