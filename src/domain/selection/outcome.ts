// What judging one value comes to: the typed value, null where it stands for nothing, or every fault at once.
import type { Issue } from "../issue"
import type { ZoneValue } from "./selection"

export type Outcome = { value: ZoneValue | null } | { issues: Issue[] }

/** A fault of a value; `at` is the zone's key, or the path from it into the value. */
export function valueIssue(
  at: string | string[],
  code: string,
  message: string,
  params?: Record<string, unknown>
): Issue {
  const path = ["options", ...(typeof at === "string" ? [at] : at)]
  return { path, code, message, ...(params ? { params } : {}) }
}

export function fail(...args: Parameters<typeof valueIssue>): Outcome {
  return { issues: [valueIssue(...args)] }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

export function unknownFields(
  key: string,
  given: Record<string, unknown>,
  known: string[]
): Issue[] {
  return Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) =>
      valueIssue([key, name], "unknown_field", `${name} is not a known field of ${key}.`)
    )
}
