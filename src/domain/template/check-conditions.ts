// Conditions name zones that can be tested, and no zone depends on itself, not even through others.
import type { Issue } from "../issue"
import { conditionTests, type Condition } from "./condition"
import { DEFINITION_LIMITS, isInputZone, type InputZone, type Zone } from "./definition"
import { issue, unknownKey, type Path } from "./findings"
import type { Parts } from "./parts"

type Known = { inputs: Map<string, InputZone>; mayBeFaulty: (key: string) => boolean }
type Conditional = { name: "show_if" | "require_if"; condition: Condition }

/** Faults of all conditions; cycles are looked for over `show_if` and `require_if` together. */
export function conditionIssues(parts: Parts): Issue[] {
  const zones = parts.zones.map(([, zone]) => zone)
  const known: Known = {
    inputs: new Map(zones.filter(isInputZone).map((zone) => [zone.key, zone])),
    mayBeFaulty: parts.mayBeFaulty.zone,
  }
  const issues = parts.zones.flatMap(([index, zone]) =>
    conditionsOf(zone).flatMap(({ name, condition }) =>
      testIssues(condition, ["zones", index, name], known)
    )
  )
  return [...issues, ...cycles(parts)]
}

function conditionsOf(zone: Zone): Conditional[] {
  return [
    ...(zone.show_if ? [{ name: "show_if" as const, condition: zone.show_if }] : []),
    ...(isInputZone(zone) && zone.require_if
      ? [{ name: "require_if" as const, condition: zone.require_if }]
      : []),
  ]
}

function testIssues(condition: Condition, at: Path, { inputs, mayBeFaulty }: Known): Issue[] {
  const tests = conditionTests(condition)
  const { conditionTests: maxTests, conditionDepth: maxDepth } = DEFINITION_LIMITS
  if (tests.length > maxTests || tests.some(({ depth }) => depth > maxDepth)) {
    const message = `${at.join(".")} has more than ${maxTests} tests or ${maxDepth} levels.`
    return [issue(at, "condition_too_large", message, { maxTests, maxDepth })]
  }
  return tests.flatMap(({ test, path }) => {
    const where = [...at, ...path]
    const zone = inputs.get(test.zone)
    if (!zone) {
      return mayBeFaulty(test.zone) ? [] : [unknownKey([...where, "zone"], "input zone", test.zone)]
    }
    if (zone.kind === "image" && test.filled === undefined) {
      const message = `${where.join(".")}: an image zone can be tested by filled only.`
      return [issue(where, "image_not_comparable", message)]
    }
    if (zone.kind !== "color") {
      return []
    }
    const compared = [test.is, test.is_not, ...(test.in ?? []), ...(test.not_in ?? [])]
    return compared
      .filter((value) => value !== undefined)
      .filter((value) => !zone.colors.some((color) => color.value === value))
      .map((value) =>
        issue(
          where,
          "not_in_palette",
          `${where.join(".")}: ${value} is not a color of ${zone.key}.`
        )
      )
  })
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
    const name = zone.show_if ? "show_if" : "require_if"
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
