// Bounds the work that a definition can cause, before its form is looked at.
import type { Issue } from "../issue"
import { issue, type Path } from "./findings"
import { DEFINITION_LIMITS } from "./limits"

const {
  bytes: MAX_BYTES,
  depth: MAX_DEPTH,
  entries: MAX_ENTRIES,
  values: MAX_VALUES,
  partValues: MAX_PART_VALUES,
} = DEFINITION_LIMITS

type Open = {
  value: unknown
  depth: number
  parent: Open | null
  key: string
  /** The placement or zone that it belongs to, and the values seen of it. */
  part: { root: Open; values: number } | null
}
/** Where placements and zones are: `zones.3`. */
const PART_DEPTH = 2

/**
 * An issue when a value has more bytes as JSON, more levels, more values or longer lists than a definition may have; a list that
 * is too long is reported at its path. Iterative, and it ends at the first limit, so that neither a bottomless nor a circular
 * value hurts.
 */
export function sizeIssues(input: unknown): Issue[] {
  let bytes = 0
  let values = 0
  const open: Open[] = [{ value: input, depth: 0, parent: null, key: "", part: null }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    bytes += ownBytes(value)
    values++
    if (depth === PART_DEPTH) {
      next.part = { root: next, values: 0 }
    }
    if (next.part && ++next.part.values > MAX_PART_VALUES) {
      const path = pathOf(next.part.root)
      const message = `${path.join(".")} holds over ${MAX_PART_VALUES} values.`
      return [issue(path, "definition_too_large", message, { max_values: MAX_PART_VALUES })]
    }
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
      if (Object.hasOwn(value, "__proto__")) {
        // Parsing would pass over it in silence where a map may have any key.
        const path = [...pathOf(next), "__proto__"]
        return [issue(path, "unknown_field", `${path.join(".")} is not a known field.`)]
      }
      bytes += Math.max(0, count - 1)
      for (const [key, child] of Object.entries(value)) {
        bytes += Array.isArray(value) ? 0 : stringBytes(key) + 1
        open.push({ value: child, depth: depth + 1, parent: next, key, part: next.part })
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

function pathOf(from: Open): Path {
  const path: Path = []
  for (let at = from; at.parent; at = at.parent) {
    path.unshift(Array.isArray(at.parent.value) ? Number(at.key) : at.key)
  }
  return path
}

function tooManyEntries(from: Open, entries: number): Issue {
  const path = pathOf(from)
  const field = path.join(".") || "The definition"
  return issue(path, "too_big", `${field} must have at most ${MAX_ENTRIES} entries.`, {
    maximum: MAX_ENTRIES,
    entries,
  })
}

/** The bytes of a value's JSON without its parts and what stands between them. */
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

/** UTF-8 bytes as JSON. A long string is over the limit whatever it holds, and is not read through. */
function stringBytes(text: string): number {
  if (text.length > MAX_BYTES) {
    return text.length
  }
  const json = JSON.stringify(text)
  let bytes = 0
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at)
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3
  }
  return bytes
}
