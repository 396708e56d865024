// Conditions name zones that can be tested, and no zone depends on itself, not even through others.
import type { Issue } from "../issue"
import type { DefinitionContext } from "./check"
import { conditionTests, type Condition } from "./condition"
import { DEFINITION_LIMITS, isInputZone, type InputZone, type Zone } from "./definition"
import { issue, unknownKey, type Findings, type Path } from "./findings"
import type { Parts } from "./parts"

type Known = {
  inputs: Map<string, InputZone>
  mayBeFaulty: (key: string) => boolean
  option_sets: DefinitionContext["option_sets"]
}
type Conditional = { name: "show_if" | "require_if"; condition: Condition }

/** Adds what is wrong with the conditions of all zones; cycles are looked for over `show_if` and `require_if` together. */
export function checkConditions(parts: Parts, context: DefinitionContext, found: Findings): void {
  for (const [index, zone] of parts.zones) {
    checkZoneConditions(zone, ["zones", index], parts, context, found)
  }
  found.issues.push(...cycles(parts))
}

/** Adds what is wrong with the conditions of one zone, which stands at `at`, by themselves. */
export function checkZoneConditions(
  zone: Zone,
  at: Path,
  parts: Parts,
  { option_sets }: DefinitionContext,
  found: Findings
): void {
  const zones = parts.zones.map(([, each]) => each)
  const known: Known = {
    inputs: new Map(zones.filter(isInputZone).map((each) => [each.key, each])),
    mayBeFaulty: parts.mayBeFaulty.zone,
    option_sets,
  }
  for (const { name, condition } of conditionsOf(zone)) {
    checkTests(condition, [...at, name], known, found)
  }
}

function conditionsOf(zone: Zone): Conditional[] {
  return [
    ...(zone.show_if ? [{ name: "show_if" as const, condition: zone.show_if }] : []),
    ...(isInputZone(zone) && zone.require_if
      ? [{ name: "require_if" as const, condition: zone.require_if }]
      : []),
  ]
}

function checkTests(
  condition: Condition,
  at: Path,
  { inputs, mayBeFaulty, option_sets }: Known,
  { issues, warnings }: Findings
): void {
  const tests = conditionTests(condition)
  const { conditionTests: maxTests, conditionDepth: maxDepth } = DEFINITION_LIMITS
  if (tests.length > maxTests || tests.some(({ depth }) => depth > maxDepth)) {
    const message = `${at.join(".")} has more than ${maxTests} tests or ${maxDepth} levels.`
    issues.push(issue(at, "condition_too_large", message, { maxTests, maxDepth }))
    return
  }
  for (const { test, path } of tests) {
    const where = [...at, ...path]
    const zone = inputs.get(test.zone)
    if (zone) {
      checkValues(zone, test, where, { issues, warnings }, option_sets?.get(optionSetOf(zone)))
    } else if (!mayBeFaulty(test.zone)) {
      issues.push(unknownKey([...where, "zone"], "input zone", test.zone))
    }
  }
}

function optionSetOf(zone: InputZone): string {
  return zone.kind === "option" ? zone.option_set : ""
}

/** Whether a zone can hold what a test compares it with; `offered` are the values of its option set, where they are known. */
function checkValues(
  zone: InputZone,
  test: Condition,
  at: Path,
  { issues, warnings }: Findings,
  offered: ReadonlySet<string> | undefined
): void {
  const where = at.join(".")
  if (zone.kind === "image" && test.filled === undefined) {
    const message = `${where}: an image zone can be tested by filled only.`
    issues.push(issue(at, "image_not_comparable", message))
    return
  }
  const named = [test.is, test.is_not, ...(test.in ?? []), ...(test.not_in ?? [])]
  for (const value of named.filter((each) => each !== undefined)) {
    if (
      zone.kind === "color" &&
      !zone.colors.some((color) => color.value === value.toLowerCase())
    ) {
      const message = `${where}: ${value} is not a color of ${zone.key}.`
      issues.push(issue(at, "not_in_palette", message))
    }
    if (zone.kind === "option" && offered && !offered.has(value)) {
      const message = `${where}: the option set ${zone.option_set} has no option ${value}.`
      warnings.push(issue(at, "unknown_option", message, { value }))
    }
  }
}

/** One issue for each zone that starts a chain leading back to it. */
function cycles({ zones }: Parts): Issue[] {
  const dependencies = new Map(
    zones.map(([, zone]): [string, ReadonlySet<string>] => [
      zone.key,
      new Set(
        conditionsOf(zone).flatMap(({ condition }) =>
          conditionTests(condition).map(({ test }) => test.zone)
        )
      ),
    ])
  )
  return zones.flatMap(([index, zone]) => {
    const chain = chainBack(zone.key, dependencies)
    if (!chain) {
      return []
    }
    const [, next = ""] = chain
    const turn = conditionsOf(zone).find(({ condition }) =>
      conditionTests(condition).some(({ test }) => test.zone === next)
    )
    const name = turn?.name ?? "show_if"
    const message = `The conditions go round in a circle: ${chain.join(" > ")}.`
    return [issue(["zones", index, name], "condition_cycle", message, { zones: chain })]
  })
}

function chainBack(start: string, dependencies: Map<string, ReadonlySet<string>>): string[] | null {
  /** Each zone that was reached, and from where. */
  const cameFrom = new Map<string, string>()
  const open = [start]
  for (let zone = open.pop(); zone !== undefined; zone = open.pop()) {
    for (const next of dependencies.get(zone) ?? []) {
      if (next === start) {
        const chain = [start]
        for (let at = zone; at !== start; at = cameFrom.get(at) ?? start) {
          chain.unshift(at)
        }
        return [start, ...chain]
      }
      if (!cameFrom.has(next)) {
        cameFrom.set(next, zone)
        open.push(next)
      }
    }
  }
  return null
}
