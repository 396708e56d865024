// The one validator of visitors' input: a template and some values in, typed values or every issue out. Never throws.
import type { Issue, Validated } from "../issue"
import { isInputZone, type Definition } from "../template/definition"
import { imageValue, type UploadFacts } from "./image"
import { fail, type Outcome } from "./outcome"
import { choicesByKey, optionValuesOf, resolveSelection, takenSets } from "./resolve"
import type { Selection, ZoneValue } from "./selection"
import { textValue, type FontChecks } from "./text"

/** An option set as far as choosing goes. */
export type OptionSetChoices = { key: string; required: boolean; values: string[] }
export type SelectionContext = {
  definition: Definition
  option_sets: OptionSetChoices[]
  /** The visitor's uploads by id. */
  uploads: Record<string, UploadFacts>
  /** Left out where values were judged before. */
  fonts?: FontChecks
}

/**
 * Checks values by zone key, or by option set key for a set that no zone takes. A value left out is not an issue here;
 * see `missingInputs`. Values of hidden zones are judged like the others: they may be shown later.
 */
export function validateSelection(
  context: SelectionContext,
  input: Record<string, unknown>
): Validated<Selection> {
  const issues: Issue[] = []
  const selection: Selection = {}
  for (const [key, raw] of Object.entries(input)) {
    const result = validateValue(context, key, raw)
    if ("issues" in result) {
      issues.push(...result.issues)
    } else if (result.value) {
      selection[key] = result.value
    }
  }
  return issues.length > 0 ? { success: false, issues } : { success: true, value: selection }
}

/**
 * The keys of what must still be filled, each once: shown zones that are required, in drawing order, then required option
 * sets that no zone takes. What a default fills is not missing, nor is an option zone whose set does not exist (any more).
 * The value of a zone is no choice from a set that has the same key: such a set stays missing.
 */
export function missingInputs(context: SelectionContext, selection: Selection): string[] {
  const { definition, option_sets } = context
  const sets = new Map(option_sets.map((set) => [set.key, set]))
  const { values, shown, required } = resolveSelection(
    definition,
    selection,
    optionValuesOf(option_sets)
  )
  const filled = (key: string) => Object.hasOwn(values, key)
  const zones = definition.zones.filter((zone) => {
    if (filled(zone.key)) {
      return false
    }
    if (zone.kind !== "option") {
      return required.has(zone.key)
    }
    const set = sets.get(zone.option_set)
    return set !== undefined && shown.has(zone.key) && (set.required || required.has(zone.key))
  })
  const taken = takenSets(definition)
  const isChoice = choicesByKey(definition)
  const free = option_sets.filter(
    ({ key, required }) => required && !taken.has(key) && !(isChoice(key) && filled(key))
  )
  return [...new Set([...zones, ...free].map(({ key }) => key))]
}

/** Values as a client sends and reads them. */
export function toOptions(selection: Selection): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(selection).map(([key, { value }]): [string, unknown] => [key, value])
  )
}

/** Values of one's own writing, as `toOptions` made them, with their types again; nothing is judged. */
export function fromOptions(definition: Definition, options: Record<string, unknown>): Selection {
  const kinds = new Map(definition.zones.filter(isInputZone).map(({ key, kind }) => [key, kind]))
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => [
      key,
      // A key that is no zone's is an option set's.
      { kind: kinds.get(key) ?? "option", value } as ZoneValue,
    ])
  )
}

function validateValue(context: SelectionContext, key: string, raw: unknown): Outcome {
  const { definition } = context
  const zone = definition.zones.find((candidate) => candidate.key === key)
  if (!zone || !isInputZone(zone)) {
    const set = context.option_sets.find((candidate) => candidate.key === key)
    return set && choicesByKey(definition)(key)
      ? optionValue(key, set, raw)
      : fail(key, "unknown_zone", `The template has no zone ${key}.`)
  }
  switch (zone.kind) {
    case "text":
      return textValue(zone, raw, context.fonts)
    case "color":
      return typeof raw === "string" && zone.colors.some(({ value }) => value === raw.toLowerCase())
        ? { value: { kind: "color", value: raw.toLowerCase() } }
        : fail(key, "color_not_in_palette", `${key} must be one of the template's colors.`, {
            allowed: zone.colors.map(({ value }) => value),
          })
    case "option": {
      const set = context.option_sets.find((candidate) => candidate.key === zone.option_set)
      return set
        ? optionValue(key, set, raw)
        : fail(key, "option_set_missing", `${key} has no option set to choose from.`)
    }
    case "image":
      return imageValue(zone, raw, context.uploads)
  }
}

function optionValue(key: string, set: OptionSetChoices, raw: unknown): Outcome {
  return typeof raw === "string" && set.values.includes(raw)
    ? { value: { kind: "option", value: raw } }
    : fail(key, "unknown_option", `${key} must be one of the option set's values.`, {
        allowed: set.values,
      })
}
