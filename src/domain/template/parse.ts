// Parses a definition part by part, so that a document full of faults costs no more than the faults that are told.
import type { z } from "@medusajs/framework/zod"
import type { Issue } from "../issue"
import { zodIssues } from "../zod-issues"
import { DEFINITION_LIMITS, outlineSchema, type Definition } from "./definition"
import type { Path } from "./findings"
import { placementSchema } from "./placement"
import { zoneSchema } from "./zones"

const MAX_ISSUES = DEFINITION_LIMITS.issues

/**
 * A definition in its form, or its faults: at least those that an answer names, and never those of a whole part less. A part is
 * the outline, a placement or a zone.
 */
export function parseDefinition(
  input: unknown
): { success: true; value: Definition } | { success: false; issues: Issue[] } {
  const issues: Issue[] = []
  const parse = <T>(schema: z.ZodType<T>, value: unknown, at: Path): T[] => {
    if (issues.length > MAX_ISSUES) {
      return []
    }
    const result = schema.safeParse(value)
    if (result.success) {
      return [result.data]
    }
    issues.push(...zodIssues(result.error, input, { at, limit: MAX_ISSUES + 1 }))
    return []
  }
  const [outline] = parse(outlineSchema, input, [])
  const { placements, zones } = outline ?? listsOf(input)
  const value: Definition = {
    schema: 1,
    placements: placements.flatMap((placement, index) =>
      parse(placementSchema, placement, ["placements", index])
    ),
    zones: zones.flatMap((zone, index) => parse(zoneSchema, zone, ["zones", index])),
  }
  return issues.length > 0 ? { success: false, issues } : { success: true, value }
}

/** The lists of a definition whose outline is faulty, as far as they can be told. */
function listsOf(input: unknown): { placements: unknown[]; zones: unknown[] } {
  const list = (name: string): unknown[] => {
    const value: unknown =
      typeof input === "object" && input !== null && Object.hasOwn(input, name)
        ? Reflect.get(input, name)
        : []
    return Array.isArray(value) ? value : []
  }
  return { placements: list("placements"), zones: list("zones") }
}
