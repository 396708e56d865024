// Parses a definition part by part, so that a document full of faults costs no more than the faults that are told.
import { z } from "@medusajs/framework/zod"
import type { Issue } from "../issue"
import { zodIssues } from "../zod-issues"
import { DEFINITION_LIMITS, outlineSchema, type Definition } from "./definition"
import type { Path } from "./findings"
import { partsOf, partsOfLists, type Entry, type Parts, type Salvaged } from "./parts"
import { PLACEMENTS, salvage, ZONES, type PartKind } from "./salvage"

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
 * the outline, a placement or a zone; `parts` are those that have no faults of form, and what is left of the others, as long as
 * faults are looked for.
 */
export function parseDefinition(
  input: unknown
):
  | { success: true; value: Definition; parts: Parts }
  | { success: false; issues: Issue[]; parts: Parts } {
  const issues: Issue[] = []
  const parse = <T>(schema: z.ZodType<T>, value: unknown, at: Path): Parsed<T> => {
    if (issues.length > MAX_ISSUES) {
      return { value: null, faults: [] }
    }
    const result = run(schema, value)
    if (result.faults.length === 0) {
      return { value: result.value, faults: [] }
    }
    const faults = zodIssues({ issues: result.faults }, input, { at, limit: MAX_ISSUES + 1 })
    issues.push(...faults)
    return { value: null, faults }
  }
  const parseAll = <T>(kind: PartKind<T>, list: unknown[]) => {
    const parsed: Entry<T>[] = []
    const salvaged: Entry<Salvaged<T>>[] = []
    for (const [index, part] of list.entries()) {
      const at = [kind.list, index]
      const { value, faults } = parse(kind.schema, part, at)
      if (value !== null) {
        parsed.push([index, value])
      } else if (faults.length > 0) {
        const own = faults.map(({ path, code }) => ({ path: path.slice(at.length), code }))
        const rest = salvage(kind, part, own)
        salvaged.push(...(rest ? [[index, rest] as const] : []))
      }
    }
    return { sent: list, parsed, salvaged }
  }
  const outline = parse(outlineSchema, input, []).value
  const sent = outline ?? { placements: listOf(input, "placements"), zones: listOf(input, "zones") }
  const placements = parseAll(PLACEMENTS, sent.placements ?? [])
  const zones = parseAll(ZONES, sent.zones ?? [])
  if (issues.length > 0) {
    const parts = partsOfLists(
      { ...placements, sent: sent.placements },
      { ...zones, sent: sent.zones }
    )
    return { success: false, issues, parts }
  }
  const value: Definition = {
    schema: 1,
    placements: placements.parsed.map(([, placement]) => placement),
    zones: zones.parsed.map(([, zone]) => zone),
  }
  return { success: true, value, parts: partsOf(value) }
}

type Parsed<T> = { value: T | null; faults: Issue[] }

/** A list of a definition whose outline is faulty; null when it is none. */
function listOf(input: unknown, name: string): unknown[] | null {
  const value: unknown =
    typeof input === "object" && input !== null && Object.hasOwn(input, name)
      ? Reflect.get(input, name)
      : null
  return Array.isArray(value) ? value : null
}
