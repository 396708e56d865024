// What is left of a placement or zone with faults of form, so that its other faults can be told in the same answer.
import type { z } from "@medusajs/framework/zod"
import type { Issue } from "../issue"
import type { Placement, Zone } from "./definition"
import { DEFINITION_LIMITS } from "./limits"
import type { Salvaged } from "./parts"
import { placementSchema } from "./placement"
import { zoneSchema } from "./zones"

/** A kind of part: its list, its form, and what stands in for a faulty field that must be there. */
export type PartKind<T> = {
  list: "placements" | "zones"
  schema: z.ZodType<T>
  standIns: Readonly<Record<string, unknown>>
  /** Fields that are judged by a faulty one, and are left out with it. */
  judgedBy: Readonly<Record<string, readonly string[]>>
}

const COLORS = [{ name: "x", value: "#000000" }]

export const PLACEMENTS: PartKind<Placement> = {
  list: "placements",
  schema: placementSchema,
  standIns: {
    key: "x",
    label: "x",
    canvas: { width: DEFINITION_LIMITS.canvasPx, height: DEFINITION_LIMITS.canvasPx },
    background: {},
    print_area: {
      width_mm: 100,
      height_mm: 100,
      dpi: 100,
      on_canvas: { x: 0, y: 0, width: 100, height: 100 },
    },
  },
  judgedBy: {},
}

export const ZONES: PartKind<Zone> = {
  list: "zones",
  schema: zoneSchema,
  standIns: {
    key: "x",
    label: "x",
    placement: "x",
    frame: { x: 0, y: 0, width: 1, height: 1 },
    max_length: DEFINITION_LIMITS.textGraphemes,
    fonts: ["x"],
    size: { min: 10, max: 10, default: 10 },
    colors: COLORS,
    accept: ["image/png"],
    max_bytes: DEFINITION_LIMITS.uploadBytes,
    paints: { target: "base" },
    option_set: "x",
    figure: { shape: "rectangle" },
    fill: "#000000",
    asset: "x",
    text: "x",
    font: "x",
    color: "#000000",
  },
  judgedBy: {
    colors: ["default"],
    characters: ["default"],
    letter_case: ["default"],
    max_lines: ["default", "arc"],
    text: ["arc"],
  },
}

/**
 * The part with its faulty fields replaced or left out; null where nothing can be judged: it is no object, or of no known kind.
 * @param faults the part's own, with paths that begin in it
 */
export function salvage<T>(
  { schema, standIns, judgedBy }: PartKind<T>,
  part: unknown,
  faults: readonly Pick<Issue, "path" | "code">[]
): Salvaged<T> | null {
  if (typeof part !== "object" || part === null || Array.isArray(part)) {
    return null
  }
  const faulty = new Set<string>()
  const rest: Record<string, unknown> = { ...part }
  for (const { path, code } of faults) {
    const field = String(path[0])
    faulty.add(field)
    for (const name of [
      field,
      ...(Object.hasOwn(judgedBy, field) ? (judgedBy[field] ?? []) : []),
    ]) {
      delete rest[name]
    }
    const isKnown = code !== "unknown_field" || path.length > 1
    if (isKnown && Object.hasOwn(standIns, field)) {
      rest[field] = standIns[field]
    }
  }
  const result = schema.safeParse(rest)
  return result.success ? { value: result.data, faulty } : null
}
