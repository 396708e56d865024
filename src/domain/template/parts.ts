// The placements and zones of a definition that are right in themselves, so that they can be judged further.
import type { Definition, Placement, Zone } from "./definition"

/** Something of a list, and its place there. */
export type Entry<T> = readonly [index: number, value: T]

export type Parts = {
  placements: readonly Entry<Placement>[]
  zones: readonly Entry<Zone>[]
  /** Parts with faults of form, as far as they can be judged. */
  salvaged: {
    placements: readonly Entry<Salvaged<Placement>>[]
    zones: readonly Entry<Salvaged<Zone>>[]
  }
  /** By list, the keys at their places; undefined where there is none that can be read. */
  keys: { placements: readonly (string | undefined)[]; zones: readonly (string | undefined)[] }
  /** Whether a key may be that of a placement or zone with faults of its own: what names it is not judged. */
  mayBeFaulty: { placement: (key: string) => boolean; zone: (key: string) => boolean }
}

/** A part whose faulty fields have been replaced by ones that nothing can be said against. */
export type Salvaged<T> = { value: T; faulty: ReadonlySet<string> }

/** A list of a document: all of it as it was sent, null when it is none; and what of it is in its form or could be salvaged. */
type List<T> = {
  sent: readonly unknown[] | null
  parsed: readonly Entry<T>[]
  salvaged: readonly Entry<Salvaged<T>>[]
}

/** The parts of a definition that has faults. */
export function partsOfLists(placements: List<Placement>, zones: List<Zone>): Parts {
  return {
    placements: placements.parsed,
    zones: zones.parsed,
    salvaged: { placements: placements.salvaged, zones: zones.salvaged },
    keys: { placements: (placements.sent ?? []).map(keyOf), zones: (zones.sent ?? []).map(keyOf) },
    mayBeFaulty: { placement: faultyKeys(placements), zone: faultyKeys(zones) },
  }
}

/** The parts of a definition in its form. */
export function partsOf({ placements, zones }: Definition): Parts {
  return partsOfLists(
    { sent: placements, parsed: [...placements.entries()], salvaged: [] },
    { sent: zones, parsed: [...zones.entries()], salvaged: [] }
  )
}

function faultyKeys<T>({ sent, parsed }: List<T>): (key: string) => boolean {
  const good = new Set(parsed.map(([index]) => index))
  const faulty = new Set((sent ?? []).filter((_, index) => !good.has(index)).map(keyOf))
  // Without its key, a faulty part may be the one that is meant.
  return (key) => sent === null || faulty.has(undefined) || faulty.has(key)
}

function keyOf(part: unknown): string | undefined {
  const key: unknown =
    typeof part === "object" && part !== null && Object.hasOwn(part, "key")
      ? Reflect.get(part, "key")
      : undefined
  return typeof key === "string" ? key : undefined
}
