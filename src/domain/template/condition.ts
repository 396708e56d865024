// When a zone is shown or required, depending on what other zones hold.
import { z } from "@medusajs/framework/zod"
import { DEFINITION_LIMITS } from "./limits"
import { keySchema } from "./values"

/**
 * A test of one zone (`zone` with exactly one of `filled`, `is`, `is_not`, `in`, `not_in`), or several conditions of
 * which `all` or `any` must hold.
 *
 * Values are compared as a visitor sends them: an option's `value`, a colour as `#rrggbb` in any case, a text's characters; an image
 * can be tested by `filled` only. A zone that is hidden or empty has no value: it is not `filled`, `is` and `in` do not
 * hold for it, `is_not` and `not_in` do.
 */
export type Condition = {
  zone?: string | undefined
  filled?: boolean | undefined
  is?: string | undefined
  is_not?: string | undefined
  in?: string[] | undefined
  not_in?: string[] | undefined
  all?: Condition[] | undefined
  any?: Condition[] | undefined
}

const TESTS = ["filled", "is", "is_not", "in", "not_in"] as const
const GROUPS = ["all", "any"] as const

/** What visitors write is composed (NFC) before it is kept, so what it is compared with is too. */
const value = z
  .string()
  .max(DEFINITION_LIMITS.label)
  .transform((text) => text.normalize("NFC"))
const values = z.array(value).min(1).max(DEFINITION_LIMITS.palette)

export const conditionSchema: z.ZodType<Condition, Condition> = z
  .strictObject({
    zone: keySchema.optional(),
    filled: z.boolean().optional(),
    is: value.optional(),
    is_not: value.optional(),
    in: values.optional(),
    not_in: values.optional(),
    get all() {
      return z.array(conditionSchema).min(1).max(DEFINITION_LIMITS.conditionTests).optional()
    },
    get any() {
      return z.array(conditionSchema).min(1).max(DEFINITION_LIMITS.conditionTests).optional()
    },
  })
  .refine(
    (condition) => {
      const tests = TESTS.filter((test) => condition[test] !== undefined).length
      const groups = GROUPS.filter((group) => condition[group] !== undefined).length
      return condition.zone === undefined
        ? groups === 1 && tests === 0
        : groups === 0 && tests === 1
    },
    {
      message: `must have a zone and one of ${TESTS.join(", ")}, or else one of ${GROUPS.join(", ")}`,
    }
  )
  .meta({
    id: "condition",
    description: `A test of one zone, or several conditions of which all or any must hold; ${DEFINITION_LIMITS.conditionTests} tests at most.`,
    oneOf: [
      ...TESTS.map((test) => ({ required: ["zone", test], maxProperties: 2 })),
      ...GROUPS.map((group) => ({ required: [group], maxProperties: 1 })),
    ],
  })

/** Every test of a condition with its path in it, nested ones too. */
export function conditionTests(
  condition: Condition,
  at: (string | number)[] = []
): { test: Condition & { zone: string }; path: (string | number)[]; depth: number }[] {
  const { zone } = condition
  if (zone !== undefined) {
    return [{ test: { ...condition, zone }, path: at, depth: at.length / 2 + 1 }]
  }
  return GROUPS.flatMap((group) =>
    (condition[group] ?? []).flatMap((part, index) => conditionTests(part, [...at, group, index]))
  )
}

/** Whether a condition holds; `valueOf` gives a zone's comparable value, null where it has none. */
export function conditionHolds(
  condition: Condition,
  valueOf: (zone: string) => string | null
): boolean {
  if (condition.all) {
    return condition.all.every((part) => conditionHolds(part, valueOf))
  }
  if (condition.any) {
    return condition.any.some((part) => conditionHolds(part, valueOf))
  }
  const held = valueOf(condition.zone ?? "")
  if (condition.filled !== undefined) {
    return (held !== null) === condition.filled
  }
  const isOne = (values: string[]) => held !== null && values.some((value) => isSame(held, value))
  if (condition.is !== undefined) {
    return isOne([condition.is])
  }
  if (condition.is_not !== undefined) {
    return !isOne([condition.is_not])
  }
  return condition.in ? isOne(condition.in) : !isOne(condition.not_in ?? [])
}

/** Whether a zone holds a value that a condition names. Palettes keep colours in lower case, whoever wrote them. */
function isSame(held: string, named: string): boolean {
  return held === named || (/^#[0-9a-fA-F]{6}$/.test(named) && held === named.toLowerCase())
}
