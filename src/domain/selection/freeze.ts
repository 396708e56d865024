// What of a design is kept for good when it is bought.
import { isInputZone, type Definition } from "../template/definition"
import { hasStaleDefault, optionValuesOf, resolveSelection } from "./resolve"
import type { Selection } from "./selection"
import type { SelectionContext } from "./validate"

export type FrozenSelection = {
  /** The template, without defaults that its option sets no longer had. */
  definition: Definition
  /** The visitor's own values, without those of hidden zones: nobody is to make something from them. */
  selection: Selection
  /** What both come to; equal designs have equal values, whether chosen or by default. */
  values: Selection
}

/**
 * Separates a design from the option sets and from what the visitor left behind: from then on
 * `resolveSelection(definition, selection)` alone gives `values`, whatever becomes of the sets.
 */
export function freezeSelection(
  context: Pick<SelectionContext, "definition" | "option_sets">,
  selection: Selection
): FrozenSelection {
  const optionValues = optionValuesOf(context.option_sets)
  const { definition } = context
  const { values, shown } = resolveSelection(definition, selection, optionValues)
  const hidden = new Set(
    definition.zones.flatMap((zone) =>
      isInputZone(zone) && !shown.has(zone.key) ? [zone.key] : []
    )
  )
  return {
    definition: {
      ...definition,
      zones: definition.zones.map((zone) =>
        hasStaleDefault(zone, optionValues) ? { ...zone, default: undefined } : zone
      ),
    },
    selection: Object.fromEntries(Object.entries(selection).filter(([key]) => !hidden.has(key))),
    values,
  }
}
