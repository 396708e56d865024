// Checks a definition: its size and form, then what the form cannot say. All faults at once; never throws.
import type { Issue } from "../issue"
import { sizeIssues } from "./bounds"
import { conditionIssues } from "./check-conditions"
import { defaultTextIssues } from "./check-default-text"
import { checkPlacement } from "./check-placement"
import { checkZone } from "./check-zone"
import { DEFINITION_LIMITS, type Definition } from "./definition"
import { duplicateKeys, issue, type Findings } from "./findings"
import { parseDefinition } from "./parse"
import type { Parts } from "./parts"

/** What exists outside the definition and may be referred to by key. */
export type DefinitionContext = {
  fonts: ReadonlySet<string>
  assets: ReadonlySet<string>
  /** The values of the product's option sets by key; left out where the product is not known. */
  option_sets?: ReadonlyMap<string, ReadonlySet<string>> | undefined
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
    checkZone(zone, ["zones", index], parts, context, findings)
  }
  findings.issues.push(...defaultTextIssues(parts), ...conditionIssues(parts))
  return findings
}

function cut(parts: Parts): Parts {
  return {
    ...parts,
    placements: parts.placements.slice(0, DEFINITION_LIMITS.placements),
    zones: parts.zones.slice(0, DEFINITION_LIMITS.zones),
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
