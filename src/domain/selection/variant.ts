// Option sets bound to a product's own options: which variant the visitor's choices come to, and whether they agree.
import type { Issue, Validated } from "../issue"

/** A variant by what it has of each product option: value ids by option id. */
export type VariantValues = { id: string; values: Record<string, string> }
/** A visitor's choice of a product option's value, under the key of the zone or option set that it was made for. */
export type BoundChoice = { key: string; product_option_id: string; value_id: string }

/**
 * The variant that choices determine. When several variants fit, those count that are like `preferred` in every product
 * option that was neither chosen nor cleared: changing the size keeps the colour.
 * @param preferred the variant chosen before, or null
 * @param cleared product options whose choice was just taken back
 * @returns null while more than one variant fits; an issue per choice (`no_such_variant`) when none does.
 */
export function determineVariant(
  variants: VariantValues[],
  choices: BoundChoice[],
  preferred: string | null = null,
  cleared: string[] = []
): Validated<string | null> {
  const fitting = variants.filter(({ values }) =>
    choices.every((choice) => valueOf(values, choice.product_option_id) === choice.value_id)
  )
  if (fitting.length === 0 && choices.length > 0) {
    const keys = choices.map(({ key }) => key)
    const message = `The product has no variant with this choice of ${keys.join(", ")}.`
    return {
      success: false,
      issues: keys.map((key) => ({
        path: ["options", key],
        code: "no_such_variant",
        message,
        params: { keys },
      })),
    }
  }
  const free = new Set([...cleared, ...choices.map((choice) => choice.product_option_id)])
  const before = variants.find(({ id }) => id === preferred)
  const alike = before
    ? fitting.filter(({ values }) =>
        Object.entries(before.values).every(
          ([option, value]) => free.has(option) || valueOf(values, option) === value
        )
      )
    : fitting
  const [only, ...others] = fitting.length === 1 ? fitting : alike
  return { success: true, value: only && others.length === 0 ? only.id : null }
}

/** An issue (`variant_mismatch`) for every choice that the variant does not have. */
export function variantMismatches(variant: VariantValues, choices: BoundChoice[]): Issue[] {
  return choices
    .filter((choice) => valueOf(variant.values, choice.product_option_id) !== choice.value_id)
    .map(({ key }) => ({
      path: ["options", key],
      code: "variant_mismatch",
      message: `${key} is not what the variant ${variant.id} has.`,
      params: { variant_id: variant.id },
    }))
}

function valueOf(values: Record<string, string>, option: string): string | undefined {
  return Object.hasOwn(values, option) ? values[option] : undefined
}
