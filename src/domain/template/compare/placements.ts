// The sides of the product.
import { localize, type Definition, type Placement } from "../definition"
import type { Path } from "../findings"
import { same, type Changes } from "./change"

/** What changes in the product's sides: new, gone (breaking), printed or shown in another way. */
export function comparePlacements(before: Definition, after: Definition, changes: Changes): void {
  const old = new Map(before.placements.map((placement) => [placement.key, placement]))
  const kept = new Set(after.placements.map(({ key }) => key))
  for (const [index, placement] of after.placements.entries()) {
    const was = old.get(placement.key)
    if (was) {
      comparePlacement(was, placement, ["placements", index], changes)
    } else {
      const message = `${localize(placement.label)} is a new side.`
      changes.notice(["placements", index], "placement_added", message, {
        placement: placement.key,
      })
    }
  }
  for (const [index, placement] of before.placements.entries()) {
    if (!kept.has(placement.key)) {
      const message = `The side ${localize(placement.label)} is gone: nothing is printed there any more.`
      changes.breaking(["placements", index], "placement_removed", message, {
        placement: placement.key,
      })
    }
  }
}

function comparePlacement(was: Placement, now: Placement, at: Path, changes: Changes): void {
  const name = localize(now.label)
  const [before, after] = [was.print_area, now.print_area]
  const notice = (path: Path, code: string, message: string, from: unknown, to: unknown) => {
    if (!same(from, to)) {
      changes.notice([...at, ...path], code, message, {
        placement: now.key,
        before: from,
        after: to,
      })
    }
  }
  const size = (area: typeof after) => ({ width_mm: area.width_mm, height_mm: area.height_mm })
  notice(
    ["print_area"],
    "print_area_resized",
    `The print area of ${name} is ${after.width_mm} x ${after.height_mm} mm instead of ${before.width_mm} x ${before.height_mm} mm.`,
    size(before),
    size(after)
  )
  notice(
    ["print_area", "dpi"],
    "print_file_changed",
    `Print files of ${name} have ${after.dpi} pixels per inch instead of ${before.dpi}.`,
    before.dpi,
    after.dpi
  )
  notice(
    ["print_area", "bleed_mm"],
    "print_file_changed",
    `Print files of ${name} have a bleed of ${after.bleed_mm} mm instead of ${before.bleed_mm} mm.`,
    before.bleed_mm,
    after.bleed_mm
  )
  notice(
    ["print_area", "safe_margin_mm"],
    "print_file_changed",
    `The safe margin of ${name} is ${after.safe_margin_mm} mm instead of ${before.safe_margin_mm} mm.`,
    before.safe_margin_mm,
    after.safe_margin_mm
  )
  const preview = ({ canvas, background, base_color, print_area }: Placement) => ({
    canvas,
    background,
    base_color,
    on_canvas: print_area.on_canvas,
    on_canvas_quad: print_area.on_canvas_quad,
  })
  notice(
    [],
    "preview_changed",
    `${name} looks different in previews: its photo, its colour, or where the print lies on it.`,
    preview(was),
    preview(now)
  )
}
