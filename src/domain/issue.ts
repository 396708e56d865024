// One fault in something a person or a program sent, in a form that machines and people can use.

/**
 * A fault found in input.
 *
 * - `path`: where it is, outermost first (`["zones", 3, "label"]`); empty for the input as a whole.
 * - `code`: a stable snake_case word that programs may rely on.
 * - `message`: one English sentence that names the field and the rule.
 * - `params`: the numbers and names in the message, so that a storefront can word it in its own language.
 */
export type Issue = {
  path: (string | number)[]
  code: string
  message: string
  params?: Record<string, unknown>
}

/** What every validator of the domain answers; validators never throw on bad input. */
export type Validated<T> = { success: true; value: T } | { success: false; issues: Issue[] }
