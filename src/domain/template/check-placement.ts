// What a placement's form cannot say: its photo exists, its print area lies on the canvas and can be printed.
import type { DefinitionContext } from "./check"
import type { Placement } from "./definition"
import { issue, unknownKey, type Findings, type Path } from "./findings"
import { printLimitIssue } from "./print-limits"

/** Adds what is wrong with a placement, and what its designer should look at. `at` is where it stands. */
export function checkPlacement(
  placement: Placement,
  at: Path,
  context: DefinitionContext,
  { issues, warnings }: Findings
): void {
  const { background, print_area: area, canvas } = placement
  if (background.asset !== undefined && !context.assets.has(background.asset)) {
    issues.push(unknownKey([...at, "background", "asset"], "asset", background.asset))
  }
  const path = [...at, "print_area"]
  if ((area.on_canvas === undefined) === (area.on_canvas_quad === undefined)) {
    issues.push(
      issue(
        [...path, "on_canvas"],
        "on_canvas_ambiguous",
        `${path.join(".")} must have either on_canvas or on_canvas_quad.`
      )
    )
  }
  const margin = 2 * area.safe_margin_mm
  if (margin >= area.width_mm || margin >= area.height_mm) {
    issues.push(
      issue(
        [...path, "safe_margin_mm"],
        "no_safe_area",
        `${path.join(".")}: the safe margin leaves nothing of the print area.`
      )
    )
  }
  const oversize = printLimitIssue(area, path)
  if (oversize) {
    issues.push(oversize)
  }
  checkQuad(placement, [...path, "on_canvas_quad"], issues)
  checkProportions(placement, [...path, "on_canvas"], warnings)
  if (liesOutside(corners(area), canvas)) {
    warnings.push(
      issue(
        [...path, area.on_canvas ? "on_canvas" : "on_canvas_quad"],
        "print_area_outside_canvas",
        `${path.join(".")}: a part of the print area lies outside of the preview's canvas.`
      )
    )
  }
}

/** A share of its size by which a design may be stretched on the canvas before somebody would see it. */
const STRETCH = 0.02

/** A print area that has other proportions on the canvas than on the product shows designs stretched. */
function checkProportions(
  { print_area: area }: Placement,
  path: Path,
  warnings: Findings["warnings"]
): void {
  if (!area.on_canvas) {
    return
  }
  const stretch = area.on_canvas.width / area.width_mm / (area.on_canvas.height / area.height_mm)
  if (Math.abs(stretch - 1) > STRETCH) {
    const message = `${path.join(".")}: its proportions are not those of the print area, so previews show designs stretched.`
    warnings.push(issue(path, "print_area_stretched", message))
  }
}

type Corner = { x: number; y: number }

/** The four corners clockwise, before rotation. */
function corners(area: Placement["print_area"]): Corner[] {
  if (area.on_canvas_quad) {
    const { top_left, top_right, bottom_right, bottom_left } = area.on_canvas_quad
    return [top_left, top_right, bottom_right, bottom_left]
  }
  if (!area.on_canvas) {
    return []
  }
  const { x, y, width, height, rotation } = area.on_canvas
  const turn = (rotation * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const box = [
    { x: -width, y: -height },
    { x: width, y: -height },
    { x: width, y: height },
    { x: -width, y: height },
  ]
  return box.map((corner) => ({
    x: x + width / 2 + (corner.x * cos - corner.y * sin) / 2,
    y: y + height / 2 + (corner.x * sin + corner.y * cos) / 2,
  }))
}

/** Canvas pixels by which a corner may stick out before anybody would see it. */
const TOLERANCE_PX = 0.5

function liesOutside(points: Corner[], canvas: Placement["canvas"]): boolean {
  return points.some(
    ({ x, y }) =>
      x < -TOLERANCE_PX ||
      y < -TOLERANCE_PX ||
      x > canvas.width + TOLERANCE_PX ||
      y > canvas.height + TOLERANCE_PX
  )
}

/** A quad must be convex and its corners in order, or nothing can be drawn into it. */
function checkQuad(placement: Placement, path: Path, issues: Findings["issues"]): void {
  if (!placement.print_area.on_canvas_quad) {
    return
  }
  const points = corners(placement.print_area)
  const turns = points.map((point, index) => {
    const next = points[(index + 1) % 4] ?? point
    const after = points[(index + 2) % 4] ?? point
    return (next.x - point.x) * (after.y - next.y) - (next.y - point.y) * (after.x - next.x)
  })
  if (!turns.every((turn) => turn > 0)) {
    issues.push(
      issue(
        path,
        "quad_not_convex",
        `${path.join(".")}: the corners must go round a convex shape clockwise.`
      )
    )
  }
}
