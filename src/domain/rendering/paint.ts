// What the visitor's colours and options change in the picture: the product's colour and photos, fills, fixed pictures.
import type { Selection } from "../selection/selection"
import type { Definition } from "../template/definition"

/** Where nothing is said, the template's own colours and pictures stay. */
export type Paint = {
  /** The product's colour. */
  base: string | null
  /** Asset keys by placement. */
  backgrounds: ReadonlyMap<string, string>
  /** Asset keys by static image zone. */
  images: ReadonlyMap<string, string>
  /** Colours by shape zone. */
  fills: ReadonlyMap<string, string>
}

/** Color and option zones have their say in drawing order, so that the later one wins. */
export function paintOf(definition: Definition, values: Selection): Paint {
  let base: string | null = null
  const backgrounds = new Map<string, string>()
  const images = new Map<string, string>()
  const fills = new Map<string, string>()
  for (const zone of definition.zones) {
    const chosen = values[zone.key]
    if (zone.kind === "color" && chosen?.kind === "color") {
      if (zone.paints.target === "base") {
        base = chosen.value
      } else {
        fills.set(zone.paints.zone, chosen.value)
      }
    }
    if (zone.kind === "option" && chosen?.kind === "option") {
      const look = zone.appearance?.find(({ value }) => value === chosen.value)
      base = look?.base_color ?? base
      merge(backgrounds, look?.backgrounds)
      merge(images, look?.images)
      merge(fills, look?.fills)
    }
  }
  return { base, backgrounds, images, fills }
}

function merge(into: Map<string, string>, from: Record<string, string> = {}): void {
  for (const [key, value] of Object.entries(from)) {
    into.set(key, value)
  }
}
