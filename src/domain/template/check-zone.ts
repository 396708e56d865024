// What a zone's form cannot say: its references lead somewhere, its numbers fit together, it lies where it can be printed.
import type { Issue } from "../issue"
import type { DefinitionContext } from "./check"
import { checkAmounts } from "./check-amounts"
import { checkStaticText, checkText } from "./check-text"
import {
  DEFINITION_LIMITS,
  isInputZone,
  type Placement,
  type Zone,
  type ZoneOf,
} from "./definition"
import {
  duplicateColors,
  duplicates,
  issue,
  unknownKey,
  type Findings,
  type Path,
} from "./findings"
import type { Parts } from "./parts"
import { checkFigure } from "./path-data"

type Checked<K extends Zone["kind"]> = {
  zone: ZoneOf<K>
  at: Path
  parts: Parts
  context: DefinitionContext
} & Findings

/** Adds what is wrong with a zone, and what its designer should look at. `at` is where it stands. */
export function checkZone(
  zone: Zone,
  at: Path,
  parts: Parts,
  context: DefinitionContext,
  findings: Findings
): void {
  const rest = { at, parts, context, ...findings }
  checkKey(zone, at, context, findings.issues)
  if ("placement" in zone) {
    checkPosition(zone, at, parts, findings)
  }
  if (isInputZone(zone)) {
    checkAmounts(zone, at, context.currencies ?? [], findings)
  }
  switch (zone.kind) {
    case "text":
      return checkText(zone, at, context, findings)
    case "image":
      return checkImage({ zone, ...rest })
    case "color":
      return checkColor({ zone, ...rest })
    case "option":
      return checkOption({ zone, ...rest })
    case "shape":
      checkFigure(zone.figure, [...at, "figure"], findings.issues)
      return
    case "static_image":
      return checkAsset(zone.asset, [...at, "asset"], rest)
    case "static_text":
      return checkStaticText(zone, at, context, findings)
  }
}

/** A set that no zone takes is offered under its key, where a zone of that key has its value. */
function checkKey(zone: Zone, at: Path, { option_sets }: DefinitionContext, issues: Issue[]): void {
  const { key } = zone
  if (!option_sets?.has(key) || (zone.kind === "option" && zone.option_set === key)) {
    return
  }
  const path = [...at, "key"]
  const message = `${path.join(".")}: the product has an option set ${key}; only an option zone that takes it may have its key.`
  issues.push(issue(path, "key_taken_by_option_set", message, { key }))
}

function checkPosition(
  zone: Extract<Zone, { placement: string }>,
  at: Path,
  parts: Parts,
  { issues, warnings }: Findings
): void {
  const placement = findPlacement(parts, zone.placement)
  if (!placement) {
    checkPlacementKey(zone.placement, [...at, "placement"], parts, issues)
    return
  }
  const { width_mm, height_mm, bleed_mm, safe_margin_mm } = placement.print_area
  const turn = (zone.rotation * Math.PI) / 180
  const { x, y, width, height } = zone.frame
  // The box that the turned frame takes up.
  const across = Math.abs(width * Math.cos(turn)) + Math.abs(height * Math.sin(turn))
  const down = Math.abs(width * Math.sin(turn)) + Math.abs(height * Math.cos(turn))
  const [middleX, middleY] = [x + width / 2, y + height / 2]
  /** Millimetres that each side of the box lies inside of the print area. */
  const edges = [
    middleX - across / 2,
    middleY - down / 2,
    width_mm - middleX - across / 2,
    height_mm - middleY - down / 2,
  ]
  /** Whether the box stays inside of the print area widened (or, below zero, narrowed) by a margin on every side. */
  const staysIn = (margin: number) => edges.every((inside) => inside >= -margin - TOLERANCE_MM)
  const isCutOff =
    middleX + across / 2 <= TOLERANCE_MM ||
    middleY + down / 2 <= TOLERANCE_MM ||
    middleX - across / 2 >= width_mm - TOLERANCE_MM ||
    middleY - down / 2 >= height_mm - TOLERANCE_MM
  const warn = (code: string, words: string) => {
    warnings.push(issue([...at, "frame"], code, `${at.join(".")}: ${words}.`))
  }
  if (isCutOff) {
    warn("outside_print_area", `all of ${zone.key} lies outside of the print area, and is cut off`)
  } else if (!staysIn(bleed_mm)) {
    const words = "lies outside of the print area and its bleed, and is cut off"
    warn("outside_print_area", `a part of ${zone.key} ${words}`)
  } else if (isWords(zone)) {
    if (!staysIn(-safe_margin_mm)) {
      const words = "lies outside of the safe area: letters there may be cut off"
      warn("outside_safe_area", `a part of ${zone.key} ${words}`)
    }
  } else if (edges.some((inside) => inside <= TOLERANCE_MM && inside > TOLERANCE_MM - bleed_mm)) {
    const words = `ends between the print area's edge and the bleed's: let it reach ${bleed_mm} mm beyond the edge, or a white line may show after cutting`
    warn("short_of_bleed", `${zone.key} ${words}`)
  }
}

function isWords({ kind }: Zone): boolean {
  return kind === "text" || kind === "static_text"
}

const TOLERANCE_MM = 0.01

function checkImage({ zone, at, context, issues }: Checked<"image">): void {
  checkFigure(zone.mask, [...at, "mask"], issues)
  if (zone.default) {
    checkAsset(zone.default.asset, [...at, "default", "asset"], { context, issues })
  }
  if (zone.dpi && zone.dpi.block > zone.dpi.warn) {
    const message = `${at.join(".")}.dpi: block must not exceed warn.`
    issues.push(issue([...at, "dpi"], "dpi_order", message))
  }
  issues.push(...duplicates(zone.accept, (index) => [...at, "accept", index], "duplicate_type"))
}

function checkColor({ zone, at, parts, issues }: Checked<"color">): void {
  const { paints } = zone
  if (paints.target === "shape") {
    checkZoneKey(paints.zone, "shape", [...at, "paints", "zone"], { parts, issues })
  }
  issues.push(...duplicateColors(zone.colors, at))
  if (zone.default !== undefined && !zone.colors.some(({ value }) => value === zone.default)) {
    const message = `${at.join(".")}: the default must be one of the zone's colors.`
    issues.push(issue([...at, "default"], "not_in_palette", message))
  }
}

function checkOption(checked: Checked<"option">): void {
  const { zone, at, parts, context, issues } = checked
  checkChoices(checked)
  const appearances = zone.appearance ?? []
  issues.push(
    ...duplicates(
      appearances.map(({ value }) => value),
      (index) => [...at, "appearance", index, "value"],
      "duplicate_option"
    )
  )
  for (const [index, look] of appearances.entries()) {
    const path = [...at, "appearance", index]
    if (look.swatch?.asset !== undefined) {
      checkAsset(look.swatch.asset, [...path, "swatch", "asset"], { context, issues })
    }
    for (const [placement, asset] of Object.entries(look.backgrounds ?? {})) {
      checkPlacementKey(placement, [...path, "backgrounds", placement], parts, issues)
      checkAsset(asset, [...path, "backgrounds", placement], { context, issues })
    }
    for (const [key, asset] of Object.entries(look.images ?? {})) {
      checkZoneKey(key, "static_image", [...path, "images", key], { parts, issues })
      checkAsset(asset, [...path, "images", key], { context, issues })
    }
    for (const key of Object.keys(look.fills ?? {})) {
      checkZoneKey(key, "shape", [...path, "fills", key], { parts, issues })
    }
  }
}

/** Warns of what the product's option sets do not have; it may come later. */
function checkChoices({ zone, at, context, warnings }: Checked<"option">): void {
  if (!context.option_sets) {
    return
  }
  const values = context.option_sets.get(zone.option_set)
  if (!values) {
    warnings.push(unknownKey([...at, "option_set"], "option set", zone.option_set))
    return
  }
  if (zone.show_if && context.bound_sets?.has(zone.option_set)) {
    const path = [...at, "show_if"]
    const message = `${path.join(".")}: the choice of ${zone.key} selects the variant, which every order needs; while the zone is hidden, nobody can choose one.`
    warnings.push(issue(path, "bound_set_hidden", message, { option_set: zone.option_set }))
  }
  const named: [string | undefined, Path][] = [
    [zone.default, [...at, "default"]],
    ...(zone.appearance ?? []).map(({ value }, index): [string, Path] => [
      value,
      [...at, "appearance", index, "value"],
    ]),
  ]
  for (const [value, path] of named) {
    if (value !== undefined && !values.has(value) && warnings.length <= DEFINITION_LIMITS.issues) {
      const message = `${path.join(".")}: the option set ${zone.option_set} has no option ${value}.`
      warnings.push(issue(path, "unknown_option", message, { value }))
    }
  }
}

function findPlacement({ placements }: Parts, wanted: string): Placement | undefined {
  return placements.find(([, { key }]) => key === wanted)?.[1]
}

function checkPlacementKey(key: string, path: Path, parts: Parts, issues: Issue[]): void {
  if (!findPlacement(parts, key) && !parts.mayBeFaulty.placement(key)) {
    issues.push(unknownKey(path, "placement", key))
  }
}

function checkZoneKey(
  key: string,
  kind: "shape" | "static_image",
  path: Path,
  { parts, issues }: Pick<Checked<"image">, "parts" | "issues">
): void {
  const known = parts.zones.some(([, zone]) => zone.kind === kind && zone.key === key)
  if (!known && !parts.mayBeFaulty.zone(key)) {
    issues.push(unknownKey(path, `${kind.replace("_", " ")} zone`, key))
  }
}

type References = Pick<Checked<"image">, "context" | "issues">

function checkAsset(key: string, path: Path, { context, issues }: References): void {
  if (!context.assets.has(key)) {
    issues.push(unknownKey(path, "asset", key))
  }
}
