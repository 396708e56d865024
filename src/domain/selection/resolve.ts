// What a design comes to: which zones are there, which of them must be filled, and the value that each one has.
import { conditionHolds } from "../template/condition"
import { isInputZone, type Definition, type InputZone, type Zone } from "../template/definition"
import { isBlank } from "../template/graphemes"
import type { Selection, ZoneValue } from "./selection"

export type ResolvedSelection = {
  /**
   * What is printed and priced, by zone key in drawing order: the visitor's values and the defaults of what they left
   * open; then the values of option sets that no zone takes. Hidden zones have none, and no text is empty.
   */
  values: Selection
  /** The keys of all zones that are there, fixed ones too. */
  shown: ReadonlySet<string>
  /** The keys of shown input zones that must have a value. A zone's option set may require more; see `missingInputs`. */
  required: ReadonlySet<string>
}

/** The values of an option set by its key; undefined when there is no such set. */
export type OptionValues = (set: string) => ReadonlySet<string> | undefined

export function optionValuesOf(sets: { key: string; values: string[] }[]): OptionValues {
  const known = new Map(sets.map(({ key, values }) => [key, new Set(values)]))
  return (key) => known.get(key)
}

/**
 * Resolves a visitor's own values against a template.
 * @param optionValues when given, the default of an option zone counts only while its set has it.
 */
export function resolveSelection(
  definition: Definition,
  selection: Selection,
  optionValues?: OptionValues
): ResolvedSelection {
  const zones = new Map(definition.zones.map((zone) => [zone.key, zone]))
  const known = new Map<string, boolean>()
  const isShown = (zone: Zone): boolean => {
    const before = known.get(zone.key)
    if (before !== undefined) {
      return before
    }
    // Holds while its conditions are looked at, so that a circle in a definition that nobody checked comes to an end.
    known.set(zone.key, false)
    const shown = !zone.show_if || conditionHolds(zone.show_if, comparable)
    known.set(zone.key, shown)
    return shown
  }
  const valueOf = (zone: InputZone): ZoneValue | null =>
    isShown(zone) ? nonEmpty(ownValue(zone, selection) ?? defaultOf(zone, optionValues)) : null
  const comparable = (key: string): string | null => {
    const zone = zones.get(key)
    return zone && isInputZone(zone) ? comparableValue(valueOf(zone)) : null
  }

  const values: Selection = {}
  const required = new Set<string>()
  for (const zone of definition.zones) {
    if (!isShown(zone) || !isInputZone(zone)) {
      continue
    }
    const value = valueOf(zone)
    if (value) {
      values[zone.key] = value
    }
    if (zone.required || (zone.require_if && conditionHolds(zone.require_if, comparable))) {
      required.add(zone.key)
    }
  }
  return {
    values: { ...values, ...freeOptions(definition, selection) },
    shown: new Set(definition.zones.filter(isShown).map(({ key }) => key)),
    required,
  }
}

/** The keys of the option sets that zones take; every other set of the product is offered under its own key. */
export function takenSets(definition: Definition): ReadonlySet<string> {
  return new Set(
    definition.zones.flatMap((zone) => (zone.kind === "option" ? [zone.option_set] : []))
  )
}

/**
 * Says of an option set's key whether a value under it is a choice from the set: no zone takes the set, and the key is not
 * that of a zone that holds a value of its own.
 */
export function choicesByKey(definition: Definition): (set: string) => boolean {
  const taken = takenSets(definition)
  const zones = new Set(definition.zones.filter(isInputZone).map(({ key }) => key))
  return (key) => !taken.has(key) && !zones.has(key)
}

function freeOptions(definition: Definition, selection: Selection): Selection {
  const isChoice = choicesByKey(definition)
  return Object.fromEntries(
    Object.entries(selection).filter(([key, { kind }]) => kind === "option" && isChoice(key))
  )
}

function ownValue(zone: InputZone, selection: Selection): ZoneValue | null {
  const value = Object.hasOwn(selection, zone.key) ? selection[zone.key] : undefined
  return value?.kind === zone.kind ? value : null
}

function defaultOf(zone: InputZone, optionValues?: OptionValues): ZoneValue | null {
  if (zone.default === undefined) {
    return null
  }
  switch (zone.kind) {
    case "text":
      return { kind: "text", value: { text: zone.default } }
    case "image":
      return { kind: "asset", value: { asset: zone.default.asset } }
    case "color":
      return { kind: "color", value: zone.default }
    case "option":
      return optionValues && hasStaleDefault(zone, optionValues)
        ? null
        : { kind: "option", value: zone.default }
  }
}

/** Whether a zone's default is an option that there is no more. */
export function hasStaleDefault(zone: Zone, optionValues: OptionValues): boolean {
  return (
    zone.kind === "option" &&
    zone.default !== undefined &&
    !optionValues(zone.option_set)?.has(zone.default)
  )
}

/** What prints nothing is no text, though it does take a default away. */
function nonEmpty(value: ZoneValue | null): ZoneValue | null {
  return value?.kind === "text" && isBlank(value.value.text) ? null : value
}

/** A value as conditions compare it; pictures can only be there or not. */
function comparableValue(value: ZoneValue | null): string | null {
  switch (value?.kind) {
    case undefined:
      return null
    case "text":
      return value.value.text
    case "color":
    case "option":
      return value.value
    case "image":
    case "asset":
      return ""
  }
}
