// Checks a definition: its size and form, then what the form cannot say. All faults at once; never throws.
import type { Issue } from "../issue"
import { zodIssues } from "../zod-issues"
import { sizeIssues } from "./bounds"
import { conditionIssues } from "./check-conditions"
import { defaultTextIssues } from "./check-default-text"
import { checkPlacement } from "./check-placement"
import { checkZone } from "./check-zone"
import { definitionSchema, DEFINITION_LIMITS, type Definition } from "./definition"
import { duplicateKeys, type Findings } from "./findings"

/** What exists outside the definition and may be referred to by key. */
export type DefinitionContext = { fonts: ReadonlySet<string>; assets: ReadonlySet<string> }

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
  const parsed = definitionSchema.safeParse(input)
  if (!parsed.success) {
    return { success: false, issues: limited(zodIssues(parsed.error, input)) }
  }
  const { issues, warnings } = crossCheck(parsed.data, context)
  return issues.length > 0
    ? { success: false, issues: limited(issues) }
    : { success: true, value: parsed.data, warnings: limited(warnings) }
}

function crossCheck(definition: Definition, context: DefinitionContext): Findings {
  const findings: Findings = {
    issues: [
      ...duplicateKeys(definition.placements, "placements"),
      ...duplicateKeys(definition.zones, "zones"),
    ],
    warnings: [],
  }
  for (const [index, placement] of definition.placements.entries()) {
    checkPlacement(placement, ["placements", index], context, findings)
  }
  for (const [index, zone] of definition.zones.entries()) {
    checkZone(zone, ["zones", index], definition, context, findings)
  }
  findings.issues.push(...defaultTextIssues(definition), ...conditionIssues(definition))
  return findings
}

/** The first issues, and how many more there are. */
function limited(issues: Issue[]): Issue[] {
  const more = issues.length - DEFINITION_LIMITS.issues
  return more <= 0
    ? issues
    : [
        ...issues.slice(0, DEFINITION_LIMITS.issues),
        {
          path: [],
          code: "too_many_issues",
          message: `There are ${more} more faults.`,
          params: { more },
        },
      ]
}
