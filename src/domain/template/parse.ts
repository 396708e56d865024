// Parses a definition part by part, so that a document full of faults costs no more than the faults that are told.
import { z } from "@medusajs/framework/zod"
import type { Issue } from "../issue"
import { zodIssues } from "../zod-issues"
import { DEFINITION_LIMITS, outlineSchema, type Definition } from "./definition"
import type { Path } from "./findings"
import { partsOf, partsOfLists, type Entry, type Parts } from "./parts"
import { placementSchema } from "./placement"
import { zoneSchema } from "./zones"

const MAX_ISSUES = DEFINITION_LIMITS.issues

/**
 * zod's safeParse, save that only the faults that an answer names are written out: that takes several times as long as finding
 * them, and a small document can have thousands.
 */
function run<T>(schema: z.ZodType<T>, value: unknown): { value: T; faults: z.core.$ZodIssue[] } {
  const result = schema._zod.run({ value, issues: [] }, { async: false })
  if (result instanceof Promise) {
    throw new z.core.$ZodAsyncError()
  }
  const config = z.core.config()
  const faults = result.issues
    .slice(0, MAX_ISSUES + 1)
    .map((fault) => z.core.util.finalizeIssue(fault, {}, config))
  return { value: result.value as T, faults }
}

/**
 * A definition in its form, or its faults: at least those that an answer names, and never those of a whole part less. A part is
 * the outline, a placement or a zone; `parts` are those that have no faults of form, as long as faults are looked for.
 */
export function parseDefinition(
  input: unknown
):
  | { success: true; value: Definition; parts: Parts }
  | { success: false; issues: Issue[]; parts: Parts } {
  const issues: Issue[] = []
  const parse = <T>(schema: z.ZodType<T>, value: unknown, at: Path): T[] => {
    if (issues.length > MAX_ISSUES) {
      return []
    }
    const result = run(schema, value)
    if (result.faults.length === 0) {
      return [result.value]
    }
    issues.push(...zodIssues({ issues: result.faults }, input, { at, limit: MAX_ISSUES + 1 }))
    return []
  }
  const parseAll = <T>(schema: z.ZodType<T>, name: string, list: unknown[]): Entry<T>[] =>
    list.flatMap((part, index) =>
      parse(schema, part, [name, index]).map((value): Entry<T> => [index, value])
    )
  const [outline] = parse(outlineSchema, input, [])
  const sent = outline ?? { placements: listOf(input, "placements"), zones: listOf(input, "zones") }
  const placements = parseAll(placementSchema, "placements", sent.placements ?? [])
  const zones = parseAll(zoneSchema, "zones", sent.zones ?? [])
  if (issues.length > 0) {
    const parts = partsOfLists(
      { sent: sent.placements, parsed: placements },
      { sent: sent.zones, parsed: zones }
    )
    return { success: false, issues, parts }
  }
  const value: Definition = {
    schema: 1,
    placements: placements.map(([, placement]) => placement),
    zones: zones.map(([, zone]) => zone),
  }
  return { success: true, value, parts: partsOf(value) }
}

/** A list of a definition whose outline is faulty; null when it is none. */
function listOf(input: unknown, name: string): unknown[] | null {
  const value: unknown =
    typeof input === "object" && input !== null && Object.hasOwn(input, name)
      ? Reflect.get(input, name)
      : null
  return Array.isArray(value) ? value : null
}
