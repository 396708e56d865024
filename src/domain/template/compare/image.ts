// Image zones: which files, how sharp, and how far a visitor may move them.
import { minZoom, type ZoneOf } from "../definition"
import type { Path } from "../findings"
import { lacking, type Changes } from "./change"
import { listed, nameOf } from "./names"

type ImageZone = ZoneOf<"image">

const TYPE_NAMES: Record<ImageZone["accept"][number], string> = {
  "image/jpeg": "JPEG",
  "image/png": "PNG",
  "image/webp": "WebP",
}

/** What changes for designs in an image zone: files, sizes and resolutions taken, and what a visitor may do with a picture. */
export function compareImageZones(
  was: ImageZone,
  zone: ImageZone,
  at: Path,
  changes: Changes
): void {
  const name = nameOf(zone)
  const removed = lacking(was.accept, zone.accept)
  if (removed.length > 0) {
    const types = listed(removed.map((type) => TYPE_NAMES[type]))
    const message = `${name} no longer takes ${types} pictures: designs with them are refused.`
    changes.breaking([...at, "accept"], "types_removed", message, { zone: zone.key, removed })
  }
  if (zone.max_bytes < was.max_bytes) {
    const message = `${name} takes pictures of at most ${zone.max_bytes} bytes instead of ${was.max_bytes}: larger ones are refused.`
    const params = { zone: zone.key, before: was.max_bytes, after: zone.max_bytes }
    changes.breaking([...at, "max_bytes"], "bytes_reduced", message, params)
  }
  for (const [field, side] of [
    ["min_width", "wide"],
    ["min_height", "high"],
  ] as const) {
    const [before, after] = [was[field], zone[field]]
    if (after > before) {
      const message = `${name} needs pictures at least ${after} instead of ${before} pixels ${side}: smaller ones are refused.`
      changes.breaking([...at, field], "pixels_raised", message, { zone: zone.key, before, after })
    }
  }
  compareResolutions(was, zone, at, changes)
  compareAdjustments(was, zone, at, changes)
}

function compareResolutions(was: ImageZone, zone: ImageZone, at: Path, changes: Changes): void {
  const name = nameOf(zone)
  if (zone.dpi && mayPrintTooCoarsely(was, zone, zone.dpi.block)) {
    const message = `${name} needs sharper pictures, at least ${zone.dpi.block} pixels per inch at the size of its frame: coarser ones are refused.`
    const params = { zone: zone.key, before: was.dpi?.block ?? null, after: zone.dpi.block }
    changes.breaking([...at, "dpi", "block"], "resolution_raised", message, params)
  }
  if (zone.dpi && zone.dpi.warn > (was.dpi?.warn ?? 0)) {
    const message = `${name} warns of pictures under ${zone.dpi.warn} pixels per inch.`
    const params = { zone: zone.key, before: was.dpi?.warn ?? null, after: zone.dpi.warn }
    changes.notice([...at, "dpi", "warn"], "warning_raised", message, params)
  }
}

/** Resolutions are judged to a hundredth of a pixel per inch, one part in a hundred of the lowest limit and less. */
const ROUNDING = 0.99

/**
 * Whether a picture that was sharp enough may not be any more. The pixels needed along a side are the limit times the frame's side;
 * a picture that covers its frame needs them along both sides, one that lies within it along one of them.
 */
function mayPrintTooCoarsely(was: ImageZone, zone: ImageZone, block: number): boolean {
  if (!was.dpi || (was.fit === "contain" && zone.fit === "cover")) {
    return true
  }
  const limit = was.dpi.block
  return (["width", "height"] as const).some((side) => {
    const [before, after] = [was.frame[side], zone.frame[side]]
    const wider = block <= limit && after <= before
    return !wider && block * after > limit * before * ROUNDING
  })
}

function compareAdjustments(was: ImageZone, zone: ImageZone, at: Path, changes: Changes): void {
  const name = nameOf(zone)
  const path = [...at, "adjust"]
  const rules = [
    ["pan", "moved"],
    ["rotate", "turned"],
  ] as const
  for (const [field, done] of rules) {
    if (was.adjust[field] && !zone.adjust[field]) {
      const message = `The picture in ${name} cannot be ${done} any more: designs that did so are refused.`
      changes.breaking([...path, field], "adjustment_removed", message, {
        zone: zone.key,
        adjustment: field,
      })
    }
  }
  const [least, now] = [minZoom(was), minZoom(zone)]
  if (now > least) {
    const message = `The picture in ${name} can be made smaller to ${now} of its size only, instead of ${least}: designs that went further are refused.`
    const params = { zone: zone.key, before: least, after: now }
    changes.breaking([...path, "min_zoom"], "zoom_reduced", message, params)
  }
  const [before, after] = [was.adjust.max_zoom, zone.adjust.max_zoom]
  if (after < before) {
    const message = `The picture in ${name} can be enlarged ${after} times instead of ${before}: designs that went further are refused.`
    changes.breaking([...path, "max_zoom"], "zoom_reduced", message, {
      zone: zone.key,
      before,
      after,
    })
  }
}
