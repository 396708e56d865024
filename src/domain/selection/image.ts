// Judges a visitor's picture for an image zone: the file, how it lies in the frame, how sharp it prints.
import type { Issue } from "../issue"
import { effectiveDpi, fitImage, leavesGap } from "../rendering/image-fit"
import { minZoom, type ZoneOf } from "../template/definition"
import { fail, isRecord, unknownFields, valueIssue, type Outcome } from "./outcome"
import type { ImageValue } from "./selection"

type ImageZone = ZoneOf<"image">
/** What is known of an upload. Bytes as sent; pixels after its orientation was applied. */
export type UploadFacts = {
  mime_type: string
  bytes: number
  width: number
  height: number
}

/** How far a visitor may zoom, pan (in fractions of the frame) and turn (degrees) an image. */
const RANGES = { zoom: [0.1, 10], x: [-2, 2], y: [-2, 2], rotation: [-360, 360] } as const
type Setting = keyof typeof RANGES
const UNCHANGED = { zoom: 1, x: 0, y: 0, rotation: 0 }

export function imageValue(
  zone: ImageZone,
  raw: unknown,
  uploads: Record<string, UploadFacts>
): Outcome {
  const { key } = zone
  if (!isRecord(raw) || typeof raw.upload_id !== "string") {
    return fail(key, "invalid_image", `${key} must be an object with an upload_id.`)
  }
  const upload = Object.hasOwn(uploads, raw.upload_id) ? uploads[raw.upload_id] : undefined
  const value: ImageValue = { upload_id: raw.upload_id, ...UNCHANGED }
  const issues = unknownFields(key, raw, ["upload_id", ...Object.keys(RANGES)])
  for (const [name, given] of Object.entries(raw)) {
    if (!isSetting(name)) {
      continue
    }
    const fault = settingIssue(zone, name, given)
    if (fault) {
      issues.push(fault)
    } else if (typeof given === "number") {
      value[name] = given
    }
  }
  const unfit = upload
    ? (uploadIssue(zone, upload) ?? resolutionIssue(zone, upload, value.zoom))
    : valueIssue(
        [key, "upload_id"],
        "unknown_upload",
        `${key}.upload_id is not an upload of yours.`
      )
  issues.push(...(unfit ? [unfit] : []))
  return issues.length > 0 ? { issues } : { value: { kind: "image", value } }
}

/** Whether an upload may fill a zone: its type, bytes and pixels. */
export function uploadIssue(zone: ImageZone, upload: UploadFacts): Issue | null {
  const { key } = zone
  if (!zone.accept.some((type) => type === upload.mime_type)) {
    return valueIssue(
      key,
      "unsupported_image_type",
      `${key} takes ${zone.accept.join(", ")}, not ${upload.mime_type}.`,
      { allowed: zone.accept, mime_type: upload.mime_type }
    )
  }
  if (upload.bytes > zone.max_bytes) {
    return valueIssue(key, "image_too_large", `${key} takes at most ${zone.max_bytes} bytes.`, {
      max_bytes: zone.max_bytes,
      bytes: upload.bytes,
    })
  }
  if (upload.width < zone.min_width || upload.height < zone.min_height) {
    return valueIssue(
      key,
      "image_too_small",
      `${key} needs at least ${zone.min_width} x ${zone.min_height} pixels.`,
      {
        min_width: zone.min_width,
        min_height: zone.min_height,
        width: upload.width,
        height: upload.height,
      }
    )
  }
  return null
}

/**
 * The pixels per inch that a picture prints with at a zoom, to two decimals: a picture that was made for exactly the
 * zone's limit must not fail by the last bit of a division.
 */
export function printedDpi(
  zone: Pick<ImageZone, "frame" | "fit">,
  image: { width: number; height: number },
  zoom: number
): number {
  return Math.round(effectiveDpi(zone.frame, image, zone.fit, zoom) * 100) / 100
}

/** Whether a picture would print too coarsely at a zoom. Pixels are the original's, not a smaller copy's. */
export function resolutionIssue(
  zone: ImageZone,
  image: { width: number; height: number },
  zoom: number
): Issue | null {
  const dpi = printedDpi(zone, image, zoom)
  if (!zone.dpi || dpi >= zone.dpi.block) {
    return null
  }
  const { block } = zone.dpi
  return valueIssue(
    zone.key,
    "resolution_too_low",
    `${zone.key} would print with ${Math.floor(dpi)} dpi; at least ${block} are needed.`,
    { dpi: Math.floor(dpi), block }
  )
}

/** What to tell a visitor whose picture prints, but not sharply. */
export function resolutionWarning(
  zone: ImageZone,
  image: { width: number; height: number },
  zoom: number
): Issue | null {
  const dpi = printedDpi(zone, image, zoom)
  if (!zone.dpi || dpi >= zone.dpi.warn) {
    return null
  }
  const { warn, block } = zone.dpi
  return valueIssue(
    zone.key,
    "low_resolution",
    `${zone.key} prints with ${Math.floor(dpi)} dpi; ${warn} or more are needed for a sharp print.`,
    { effective_dpi: Math.floor(dpi), warn, block }
  )
}

/** What to tell a visitor whose picture was moved, turned or made so small that it does not fill the zone that it is to cover. */
export function coverWarning(
  zone: ImageZone,
  image: { width: number; height: number },
  view: ImageValue
): Issue | null {
  // Only a path knows what it leaves open of its frame.
  if (zone.fit !== "cover" || zone.mask.shape === "path") {
    return null
  }
  const fitted = fitImage(zone.frame, image, zone.fit, view)
  return leavesGap(zone.frame, fitted, zone.mask.shape === "ellipse")
    ? valueIssue(
        zone.key,
        "frame_not_covered",
        `The picture leaves a part of ${zone.key} empty; move it, or make it larger.`
      )
    : null
}

/** The zone may allow less than the language does: no move, no turn, a narrower zoom. */
function settingIssue(zone: ImageZone, name: Setting, given: unknown): Issue | null {
  const at = [zone.key, name]
  const { pan, rotate, max_zoom } = zone.adjust
  const [least, most] = RANGES[name]
  const min = name === "zoom" ? minZoom(zone) : least
  const max = name === "zoom" ? Math.min(most, max_zoom) : most
  if (typeof given !== "number" || !(given >= min && given <= max)) {
    const message = `${at.join(".")} must be from ${min} to ${max}.`
    return valueIssue(at, "out_of_range", message, { min, max })
  }
  const allowed = name === "zoom" || (name === "rotation" ? rotate : pan)
  if (!allowed && given !== UNCHANGED[name]) {
    const message = `${at.join(".")} must be 0: the picture cannot be ${name === "rotation" ? "turned" : "moved"} here.`
    return valueIssue(at, "adjustment_not_allowed", message)
  }
  return null
}

function isSetting(name: string): name is Setting {
  return Object.hasOwn(RANGES, name)
}
