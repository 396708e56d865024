// Parses input so that what is well-formed of it can be judged further, and all faults come in one answer.
import { z } from "@medusajs/framework/zod"
import type { Issue } from "../../domain/issue"
import { zodIssues } from "../../domain/zod-issues"

/** A body that its handler parses by itself. */
export const anything = { body: z.unknown() }

/** The parsed body; or the faults of its form, and the fields that have none. */
export type ReadBody<T> = { value: T | undefined; wellFormed: Partial<T>; issues: Issue[] }

/** Parses a body. */
export function readFields<S extends z.ZodObject>(schema: S, body: unknown): ReadBody<z.output<S>> {
  const result = schema.safeParse(body)
  return result.success
    ? { value: result.data, wellFormed: result.data, issues: [] }
    : {
        value: undefined,
        wellFormed: wellFormedFields(schema, body),
        issues: zodIssues(result.error, body),
      }
}

/** The fields of an object that fit their schemas, whatever the others hold. */
export function wellFormedFields<S extends z.ZodObject>(
  schema: S,
  input: unknown
): Partial<z.output<S>> {
  const given: Record<string, unknown> =
    typeof input === "object" && input !== null ? { ...input } : {}
  const fields = Object.entries(schema.shape).flatMap(([key, field]) => {
    const parsed = z.safeParse(field, given[key])
    return parsed.success && parsed.data !== undefined ? [[key, parsed.data]] : []
  })
  return Object.fromEntries(fields) as Partial<z.output<S>>
}
