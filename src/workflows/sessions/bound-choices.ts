// Option sets that are bound to a product option, in a session: what is chosen there and which variant it comes to. Pure.
import type { Issue } from "../../domain/issue"
import {
  determineVariant,
  variantMismatches,
  type BoundChoice,
  type VariantValues,
} from "../../domain/selection/variant"
import type { Definition } from "../../domain/template/definition"

/** A key under which a visitor chooses a product option's value: a zone's, or the set's own when no zone takes it. */
export type BoundInput = {
  key: string
  product_option_id: string
  /** What the template chooses until the visitor does. */
  default: string | undefined
  values: { id: string; value: string }[]
}

/** What is needed of an option set here. */
type ChoiceSet = {
  key: string
  product_option_id: string | null
  options: { value: string; product_option_value_id: string | null }[]
}

/** The inputs of a template's bound sets. */
export function boundInputs(definition: Definition, sets: ChoiceSet[]): BoundInput[] {
  return sets.flatMap((set) => {
    const { product_option_id } = set
    if (product_option_id === null) {
      return []
    }
    const values = set.options.map(({ product_option_value_id, value }) => ({
      id: product_option_value_id ?? "",
      value,
    }))
    const zones = definition.zones.flatMap((zone) =>
      zone.kind === "option" && zone.option_set === set.key ? [zone] : []
    )
    return zones.length > 0
      ? zones.map((zone) => ({ key: zone.key, product_option_id, default: zone.default, values }))
      : [{ key: set.key, product_option_id, default: undefined, values }]
  })
}

/** A variant's values under the inputs' keys, as a visitor would have chosen them. */
export function variantOptions(
  inputs: BoundInput[],
  variant: VariantValues | undefined
): Record<string, string> {
  return Object.fromEntries(
    inputs.flatMap(({ key, product_option_id, values }): [string, string][] => {
      const value = values.find(({ id }) => id === variant?.values[product_option_id])
      return value ? [[key, value.value]] : []
    })
  )
}

/**
 * What a visitor chose in bound sets. Where a variant is chosen, it knows the values better than their names, which may
 * have been changed since.
 */
export function choicesIn(
  inputs: BoundInput[],
  options: Record<string, unknown>,
  variant?: VariantValues
): BoundChoice[] {
  return inputs.flatMap(({ key, product_option_id, values }) => {
    if (!Object.hasOwn(options, key)) {
      return []
    }
    const value_id =
      variant?.values[product_option_id] ?? values.find(({ value }) => value === options[key])?.id
    return value_id === undefined ? [] : [{ key, product_option_id, value_id }]
  })
}

export type VariantChange = {
  inputs: BoundInput[]
  variants: VariantValues[]
  /** The session's saved options and variant. */
  saved: { options: Record<string, unknown>; variant_id: string | null }
  /** The variant that the visitor names. */
  variant_id?: string | undefined
  /** Values that the visitor sets, valid ones, and keys that are taken back. */
  given: Record<string, unknown>
  cleared: string[]
}

/**
 * The variant after a change. A variant that is named must agree with the values given beside it and replaces earlier
 * choices in bound sets; values given alone select the variant.
 * @returns the variant, null while several fit, and the saved options whose choices still count; or every fault:
 *   `unknown_variant`, `variant_mismatch`, `no_such_variant`.
 */
export function changeVariant(change: VariantChange): {
  variant_id: string | null
  kept: Record<string, unknown>
  issues: Issue[]
} {
  const { inputs, variants, saved, given, cleared } = change
  const changed = new Set([
    ...Object.keys(given),
    ...cleared,
    // A product option has one value: where several zones take it, the last choice replaces the others'.
    ...replacedKeys(inputs, given),
  ])
  const rest = Object.fromEntries(
    Object.entries(saved.options).filter(([key]) => !changed.has(key))
  )
  const before = variants.find(({ id }) => id === saved.variant_id)
  if (change.variant_id !== undefined) {
    const named = variants.find(({ id }) => id === change.variant_id)
    const bound = new Set(inputs.map(({ key }) => key))
    const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !bound.has(key)))
    const issues = named
      ? [
          ...variantMismatches(named, choicesIn(inputs, given)),
          ...inputs.filter(({ key }) => cleared.includes(key)).map(({ key }) => takenBack(key)),
        ]
      : [UNKNOWN_VARIANT]
    return { variant_id: named?.id ?? null, kept, issues }
  }
  if (before && !inputs.some(({ key }) => changed.has(key))) {
    return { variant_id: before.id, kept: rest, issues: [] }
  }
  const choices = [...choicesIn(inputs, rest, before), ...choicesIn(inputs, given)]
  const open = inputs.filter(({ key }) => cleared.includes(key))
  const found = determineVariant(
    variants,
    choices,
    before?.id,
    open.map(({ product_option_id }) => product_option_id)
  )
  if (!found.success) {
    // Choices that variants were taken from under are no fault of a change of something else.
    const asked = inputs.some(({ key }) => Object.hasOwn(given, key))
    return { variant_id: null, kept: rest, issues: asked ? found.issues : [] }
  }
  return {
    variant_id: found.value ?? defaultVariant(inputs, variants, choices),
    kept: rest,
    issues: [],
  }
}

function replacedKeys(inputs: BoundInput[], given: Record<string, unknown>): string[] {
  const chosen = new Set(
    inputs
      .filter(({ key }) => Object.hasOwn(given, key))
      .map(({ product_option_id }) => product_option_id)
  )
  return inputs
    .filter(({ product_option_id }) => chosen.has(product_option_id))
    .map(({ key }) => key)
}

/** The variant that the template's defaults come to where nothing was chosen, or null. */
export function defaultVariant(
  inputs: BoundInput[],
  variants: VariantValues[],
  choices: BoundChoice[] = []
): string | null {
  const open = inputs.filter((input) => !choices.some(({ key }) => key === input.key))
  const defaults = choicesIn(
    open,
    Object.fromEntries(open.flatMap(({ key, default: value }) => (value ? [[key, value]] : [])))
  )
  const found = determineVariant(variants, [...choices, ...defaults])
  return found.success ? found.value : null
}

/** An issue (`variant_mismatch`) for each choice of a session that a variant which is named at the cart does not have. */
export function contradictions(
  context: { bound: BoundInput[]; variants: VariantValues[] },
  saved: VariantChange["saved"],
  variantId: string | null
): Issue[] {
  const find = (wanted: string | null) => context.variants.find(({ id }) => id === wanted)
  const variant = find(variantId)
  return variant && variantId !== saved.variant_id
    ? variantMismatches(variant, choicesIn(context.bound, saved.options, find(saved.variant_id)))
    : []
}

const UNKNOWN_VARIANT: Issue = {
  path: ["variant_id"],
  code: "unknown_variant",
  message: "variant_id is not a variant of this product.",
}

function takenBack(key: string): Issue {
  return {
    path: ["options", key],
    code: "variant_mismatch",
    message: `${key} cannot be taken back while variant_id names a variant, which has a value of it.`,
  }
}
