// Checks a definition: its form by the schema, then what the form cannot say.
import type { Issue, Validated } from "../issue"
import { zodIssues } from "../zod-issues"
import { definitionSchema, type Definition, type Zone } from "./definition"

/** What exists outside the definition and may be referred to by key. */
export type DefinitionContext = { fonts: ReadonlySet<string>; assets: ReadonlySet<string> }

/** Parses a definition and reports every fault with its path. Never throws. */
export function checkDefinition(input: unknown, context: DefinitionContext): Validated<Definition> {
  const parsed = definitionSchema.safeParse(input)
  if (!parsed.success) {
    return { success: false, issues: zodIssues(parsed.error) }
  }
  const issues = [
    ...duplicates(parsed.data.placements, "placements"),
    ...duplicates(parsed.data.zones, "zones"),
    ...parsed.data.placements.flatMap((placement, index) =>
      unknownAsset(context, placement.background.asset, [
        "placements",
        index,
        "background",
        "asset",
      ])
    ),
    ...parsed.data.zones.flatMap((zone, index) =>
      zoneIssues(zone, ["zones", index], parsed.data, context)
    ),
  ]
  return issues.length > 0 ? { success: false, issues } : { success: true, value: parsed.data }
}

function zoneIssues(
  zone: Zone,
  at: (string | number)[],
  definition: Definition,
  context: DefinitionContext
): Issue[] {
  const issues: Issue[] = []
  if ("placement" in zone && !definition.placements.some(({ key }) => key === zone.placement)) {
    issues.push(unknown([...at, "placement"], "placement", zone.placement))
  }
  if (zone.kind === "text") {
    for (const [index, font] of zone.fonts.entries()) {
      if (!context.fonts.has(font)) {
        issues.push(unknown([...at, "fonts", index], "font", font))
      }
    }
    if (!(zone.size.min <= zone.size.default && zone.size.default <= zone.size.max)) {
      issues.push({
        path: [...at, "size"],
        code: "size_order",
        message: "size: min, default and max must not decrease.",
      })
    }
    if (zone.min_length > zone.max_length) {
      issues.push({
        path: [...at, "min_length"],
        code: "length_order",
        message: "min_length must not exceed max_length.",
      })
    }
  }
  if (zone.kind === "static_image") {
    issues.push(...unknownAsset(context, zone.asset, [...at, "asset"]))
  }
  if (zone.kind === "color") {
    const { paints } = zone
    if (
      paints.target === "shape" &&
      !definition.zones.some((other) => other.kind === "shape" && other.key === paints.zone)
    ) {
      issues.push(unknown([...at, "paints", "zone"], "shape zone", paints.zone))
    }
    if (zone.default && !zone.colors.some(({ value }) => value === zone.default)) {
      issues.push({
        path: [...at, "default"],
        code: "not_in_palette",
        message: "default must be one of the zone's colors.",
      })
    }
  }
  return issues
}

function unknownAsset(context: DefinitionContext, key: string, path: Issue["path"]): Issue[] {
  return context.assets.has(key) ? [] : [unknown(path, "asset", key)]
}

function unknown(path: Issue["path"], kind: string, key: string): Issue {
  return {
    path,
    code: `unknown_${kind.replaceAll(" ", "_")}`,
    message: `There is no ${kind} with the key ${key}.`,
    params: { key },
  }
}

function duplicates(items: { key: string }[], list: string): Issue[] {
  const seen = new Set<string>()
  return items.flatMap(({ key }, index) => {
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [
      {
        path: [list, index, "key"],
        code: "duplicate_key",
        message: `The key ${key} is taken already in ${list}.`,
        params: { key },
      },
    ]
  })
}
