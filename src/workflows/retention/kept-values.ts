// What stays of a design's values when it is parted from its visitor: what was sold, and nothing that the visitor made.
import { isInputZone } from "../../domain/template/definition"
import { readStored } from "../../domain/template/stored"

/**
 * Chosen options and colors out of a design's values; texts and pictures are the visitor's own and go. Values of a zone that
 * the template does not have, and of one whose kind is not known, go too.
 * @param snapshot the template as it was frozen; of one that cannot be read nothing stays
 */
export function keptValues(
  snapshot: unknown,
  options: Record<string, unknown>
): Record<string, unknown> {
  const { zones } = readStored(snapshot)
  if (!Array.isArray(zones)) {
    return {}
  }
  const kinds = new Map(zones.map((zone) => [zone.key, isInputZone(zone) ? zone.kind : null]))
  return Object.fromEntries(
    Object.entries(options).filter(([key, value]) => {
      // What stands under no zone's key is the choice from an option set that no zone takes.
      const kind = kinds.has(key) ? kinds.get(key) : "option"
      return typeof value === "string" && (kind === "option" || kind === "color")
    })
  )
}
