// The rules of a new product that its fields keep among each other: options, variants, prices.
import { isValidHandle } from "@medusajs/framework/utils"
import type { Issue } from "../../domain/issue"
import { tooPrecise } from "../../domain/pricing/currency"
import type { CreateCatalogProductInput, NewVariantInput, ProductOptionInput } from "./types"

/**
 * Every fault that the product's own fields have among each other; the database is not asked.
 * @param currency of the amounts; undefined when it is not known, which leaves their decimals unchecked
 */
export function productIssues(
  input: Partial<CreateCatalogProductInput>,
  currency: string | undefined
): Issue[] {
  const { options = [], variants = [] } = input
  const issues = [
    ...doubled(
      options.map(({ title }) => title),
      (index) => ["options", index, "title"],
      "duplicate_option"
    ),
    ...options.flatMap(({ values }, option) =>
      doubled(values, (index) => ["options", option, "values", index], "duplicate_option_value")
    ),
    ...variants.flatMap((variant, index) => choiceIssues(options, variant, ["variants", index])),
    ...doubled(
      variants.map(({ sku }) => sku),
      (index) => ["variants", index, "sku"],
      "duplicate_sku"
    ),
    ...amountIssues(input.base_price, ["base_price"], currency),
    ...variants.flatMap(({ base_price }, index) =>
      amountIssues(base_price, ["variants", index, "base_price"], currency)
    ),
  ]
  if (options.length > 0) {
    issues.push(
      ...doubled(
        variants.map((variant) => choiceKey(options, variant)),
        (index) => ["variants", index, "options"],
        "duplicate_variant",
        "Another variant has the same option values."
      )
    )
  }
  return issues
}

/** What is missing as a whole; sensible for an input whose every field is well-formed. */
export function missingParts({ options = [], variants = [] }: CreateCatalogProductInput): Issue[] {
  if (options.length > 0 && variants.length === 0) {
    const message = "variants: a product with options needs at least one variant."
    return [{ path: ["variants"], code: "variants_required", message }]
  }
  if (options.length === 0 && variants.length > 1) {
    const message = "options: a product of several variants needs an option that they differ in."
    return [{ path: ["options"], code: "options_required", message }]
  }
  return []
}

/** The fault of a handle that no path can hold as it is, by Medusa's rule. */
export function handleIssues(handle: string | undefined): Issue[] {
  if (handle === undefined || isValidHandle(handle)) {
    return []
  }
  const message = "handle: must be lower-case letters and digits, words joined by one hyphen."
  return [{ path: ["handle"], code: "invalid_handle", message }]
}

/** The fault of an amount with more decimals than its currency has. */
export function amountIssues(
  amount: string | null | undefined,
  path: Issue["path"],
  currency: string | undefined
): Issue[] {
  if (!amount || !currency) {
    return []
  }
  const fault = tooPrecise(amount, currency, path)
  return fault ? [fault] : []
}

function choiceIssues(
  options: ProductOptionInput[],
  variant: NewVariantInput,
  at: Issue["path"]
): Issue[] {
  const chosen = variant.options ?? {}
  const missing = options.filter(({ title }) => !Object.hasOwn(chosen, title))
  return [
    ...missing.map(({ title }) => ({
      path: [...at, "options", title],
      code: "option_required",
      message: `${at.join(".")}.options needs a value for ${title}.`,
    })),
    ...Object.entries(chosen).flatMap(([title, value]) => {
      const path = [...at, "options", title]
      const option = options.find((candidate) => candidate.title === title)
      if (!option) {
        const message = `${path.join(".")}: the product has no such option.`
        return [{ path, code: "unknown_option", message }]
      }
      if (!option.values.includes(value)) {
        const message = `${path.join(".")}: the option has no value ${value}.`
        return [{ path, code: "unknown_option_value", message, params: { value } }]
      }
      return []
    }),
  ]
}

function choiceKey(options: ProductOptionInput[], variant: NewVariantInput): string | null {
  const values = options.map(({ title }) => variant.options?.[title])
  return values.every((value) => value !== undefined) ? JSON.stringify(values) : null
}

/** A fault at every entry that came before; empty ones do not count. */
export function doubled(
  values: (string | null | undefined)[],
  path: (index: number) => Issue["path"],
  code: string,
  message?: string
): Issue[] {
  const seen = new Set<string>()
  return values.flatMap((value, index) => {
    if (!value) {
      return []
    }
    if (!seen.has(value)) {
      seen.add(value)
      return []
    }
    const at = path(index)
    return [{ path: at, code, message: message ?? `${at.join(".")}: ${value} is there already.` }]
  })
}
