// What a zone's form cannot say: its references lead somewhere, its numbers fit together, it lies where it can be printed.
import type { DefinitionContext } from "./check"
import { checkAmounts } from "./check-amounts"
import { checkStaticText, checkText } from "./check-text"
import { isInputZone, type Definition, type Zone, type ZoneOf } from "./definition"
import {
  duplicateColors,
  duplicates,
  issue,
  unknownKey,
  type Findings,
  type Path,
} from "./findings"
import { checkFigure } from "./path-data"

type Checked<K extends Zone["kind"]> = {
  zone: ZoneOf<K>
  at: Path
  definition: Definition
  context: DefinitionContext
} & Findings

export function checkZone(
  zone: Zone,
  at: Path,
  definition: Definition,
  context: DefinitionContext,
  findings: Findings
): void {
  const rest = { at, definition, context, ...findings }
  if ("placement" in zone) {
    checkPosition(zone, at, definition, findings)
  }
  if (isInputZone(zone)) {
    checkAmounts(zone, at, findings)
  }
  switch (zone.kind) {
    case "text":
      return checkText(zone, at, context, findings.issues)
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
      return checkStaticText(zone, at, context, findings.issues)
  }
}

function checkPosition(
  zone: Extract<Zone, { placement: string }>,
  at: Path,
  definition: Definition,
  { issues, warnings }: Findings
): void {
  const placement = definition.placements.find(({ key }) => key === zone.placement)
  if (!placement) {
    issues.push(unknownKey([...at, "placement"], "placement", zone.placement))
    return
  }
  const { width_mm, height_mm, bleed_mm } = placement.print_area
  const turn = (zone.rotation * Math.PI) / 180
  const { x, y, width, height } = zone.frame
  // The box that the turned frame takes up.
  const across = Math.abs(width * Math.cos(turn)) + Math.abs(height * Math.sin(turn))
  const down = Math.abs(width * Math.sin(turn)) + Math.abs(height * Math.cos(turn))
  const [middleX, middleY] = [x + width / 2, y + height / 2]
  const sticksOut =
    middleX - across / 2 < -bleed_mm - TOLERANCE_MM ||
    middleY - down / 2 < -bleed_mm - TOLERANCE_MM ||
    middleX + across / 2 > width_mm + bleed_mm + TOLERANCE_MM ||
    middleY + down / 2 > height_mm + bleed_mm + TOLERANCE_MM
  if (sticksOut) {
    warnings.push(
      issue(
        [...at, "frame"],
        "outside_print_area",
        `${at.join(".")}: a part of ${zone.key} lies outside of the print area and its bleed, and is cut off.`
      )
    )
  }
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

function checkColor({ zone, at, definition, issues }: Checked<"color">): void {
  const { paints } = zone
  if (paints.target === "shape" && !hasZone(definition, "shape", paints.zone)) {
    issues.push(unknownKey([...at, "paints", "zone"], "shape zone", paints.zone))
  }
  issues.push(...duplicateColors(zone.colors, at))
  if (zone.default !== undefined && !zone.colors.some(({ value }) => value === zone.default)) {
    const message = `${at.join(".")}: the default must be one of the zone's colors.`
    issues.push(issue([...at, "default"], "not_in_palette", message))
  }
}

function checkOption({ zone, at, definition, context, issues }: Checked<"option">): void {
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
      if (!definition.placements.some(({ key }) => key === placement)) {
        issues.push(unknownKey([...path, "backgrounds", placement], "placement", placement))
      }
      checkAsset(asset, [...path, "backgrounds", placement], { context, issues })
    }
    for (const [key, asset] of Object.entries(look.images ?? {})) {
      if (!hasZone(definition, "static_image", key)) {
        issues.push(unknownKey([...path, "images", key], "static image zone", key))
      }
      checkAsset(asset, [...path, "images", key], { context, issues })
    }
    for (const key of Object.keys(look.fills ?? {})) {
      if (!hasZone(definition, "shape", key)) {
        issues.push(unknownKey([...path, "fills", key], "shape zone", key))
      }
    }
  }
}

function hasZone(definition: Definition, kind: Zone["kind"], key: string): boolean {
  return definition.zones.some((zone) => zone.kind === kind && zone.key === key)
}

type References = Pick<Checked<"image">, "context" | "issues">

function checkAsset(key: string, path: Path, { context, issues }: References): void {
  if (!context.assets.has(key)) {
    issues.push(unknownKey(path, "asset", key))
  }
}
