// Checks a definition: its size and form, then what the form cannot say. All faults at once; never throws.
import type { Issue } from "../issue"
import { sizeIssues } from "./bounds"
import { checkConditions, checkZoneConditions } from "./check-conditions"
import { checkPlacement } from "./check-placement"
import { patternWorkIssues, wordsIssues } from "./check-words"
import { checkZone } from "./check-zone"
import { DEFINITION_LIMITS, type Definition, type Zone } from "./definition"
import { duplicateKeys, issue, type Findings } from "./findings"
import { parseDefinition } from "./parse"
import type { Entry, Parts } from "./parts"

/** What exists outside the definition and may be referred to by key. */
export type DefinitionContext = {
  fonts: ReadonlySet<string>
  assets: ReadonlySet<string>
  /** The values of the product's option sets by key; left out where the product is not known. */
  option_sets?: ReadonlyMap<string, ReadonlySet<string>> | undefined
  /** The keys of those that are bound to a product option, whose choice selects the variant. */
  bound_sets?: ReadonlySet<string> | undefined
  /** What the store sells in, as lower-case ISO 4217 codes. */
  currencies?: readonly string[] | undefined
  /** The characters of a text that a font cannot draw; none for a font that is not known. */
  missing_glyphs?: ((font: string, text: string) => string[]) | undefined
}

/** `warnings`: what a designer should look at, though it can be made. */
export type CheckedDefinition =
  { success: true; value: Definition; warnings: Issue[] } | { success: false; issues: Issue[] }

/**
 * Parses a definition and reports every fault with its path, up to a limit.
 * A definition that is too large or too deep is not looked into.
 */
export function checkDefinition(input: unknown, context: DefinitionContext): CheckedDefinition {
  const oversize = sizeIssues(input)
  if (oversize.length > 0) {
    return { success: false, issues: oversize }
  }
  const parsed = parseDefinition(input)
  if (!parsed.success) {
    const { issues, parts } = parsed
    // Of lists that are too long only what they may hold: what is checked is bounded as in a definition without faults.
    const rest =
      issues.length > DEFINITION_LIMITS.issues ? [] : crossCheck(cut(parts), context).issues
    return { success: false, issues: limited([...issues, ...rest]) }
  }
  const { issues, warnings } = crossCheck(parsed.parts, context)
  return issues.length > 0
    ? { success: false, issues: limited(issues) }
    : { success: true, value: parsed.value, warnings: limited(warnings) }
}

function crossCheck(parts: Parts, context: DefinitionContext): Findings {
  const findings: Findings = {
    issues: [
      ...duplicateKeys(parts.keys.placements, "placements"),
      ...duplicateKeys(parts.keys.zones, "zones"),
    ],
    warnings: [],
  }
  for (const [index, placement] of parts.placements) {
    checkPlacement(placement, ["placements", index], context, findings)
  }
  for (const [index, zone] of parts.zones) {
    // A zone may have faults by the thousand; those beyond the limit are not told, so they are not looked for either.
    if (findings.issues.length <= DEFINITION_LIMITS.issues) {
      checkZone(zone, ["zones", index], parts, context, findings)
    }
  }
  findings.issues.push(...wordsIssues(parts.zones, context), ...patternWorkIssues(parts.zones))
  checkConditions(parts, context, findings)
  findings.issues.push(...salvagedIssues(parts, context))
  return findings
}

/** What is wrong with parts that have faults of form, in those of their fields that have none. */
function salvagedIssues(parts: Parts, context: DefinitionContext): Issue[] {
  const { placements, zones } = parts.salvaged
  const found: Findings = { issues: [], warnings: [] }
  for (const [index, { value }] of placements) {
    checkPlacement(value, ["placements", index], context, found)
  }
  for (const [index, { value }] of zones) {
    checkZone(value, ["zones", index], parts, context, found)
    checkZoneConditions(value, ["zones", index], parts, context, found)
  }
  const entries = zones.map(([index, { value }]): Entry<Zone> => [index, value])
  found.issues.push(...wordsIssues(entries, context))
  const faulty = new Map(
    Object.entries(parts.salvaged).flatMap(([list, entriesOf]) =>
      entriesOf.map(([index, part]): [string, ReadonlySet<string>] => [
        `${list}.${index}`,
        part.faulty,
      ])
    )
  )
  return found.issues.filter(
    ({ path: [list, index, field] }) => !faulty.get(`${list}.${index}`)?.has(String(field))
  )
}

function cut(parts: Parts): Parts {
  return {
    ...parts,
    placements: parts.placements.slice(0, DEFINITION_LIMITS.placements),
    zones: parts.zones.slice(0, DEFINITION_LIMITS.zones),
    salvaged: {
      placements: parts.salvaged.placements.slice(0, DEFINITION_LIMITS.placements),
      zones: parts.salvaged.zones.slice(0, DEFINITION_LIMITS.zones),
    },
  }
}

/** The first issues, and that there are more. */
function limited(issues: Issue[]): Issue[] {
  const { issues: limit } = DEFINITION_LIMITS
  return issues.length <= limit
    ? issues
    : [
        ...issues.slice(0, limit),
        issue([], "too_many_issues", `These are the first ${limit} faults; there are more.`, {
          limit,
        }),
      ]
}
