// zod's faults become issues at their own paths, in sentences that need no knowledge of zod.
import { z } from "@medusajs/framework/zod"
import fc from "fast-check"
import { namesKinds, zodIssues } from "./zod-issues"

const label = z.union([
  z.string().min(1).max(5),
  z
    .record(z.string().regex(/^[a-z]{2}$/, "must be a locale"), z.string().max(5))
    .refine((value) => Object.keys(value).length > 0, "needs at least one locale"),
])
const schema = z.strictObject({
  label: label.optional(),
  count: z.int().min(1).max(9).optional(),
  share: z.number().positive().lt(1).optional(),
  list: z.array(z.string().min(2)).min(2).max(3).optional(),
  mode: z.enum(["a", "b"]).optional(),
  version: z.literal(1),
  mail: z.email().optional(),
  step: z.number().multipleOf(5).optional(),
  amount: z.union([z.number(), z.string()]).optional(),
  figure: z
    .discriminatedUnion(
      "shape",
      [
        z.strictObject({ shape: z.literal("dot") }),
        z.strictObject({ shape: z.literal("box"), side: z.number() }),
      ],
      namesKinds
    )
    .optional(),
})

function issues(input: unknown) {
  const result = schema.safeParse(input)
  return result.success ? [] : zodIssues(result.error, input)
}

function told(fields: Record<string, unknown>) {
  return issues({ version: 1, ...fields }).map(({ code, message }) => `${code}: ${message}`)
}

describe("zodIssues", () => {
  it.each<[Record<string, unknown>, string]>([
    [{ count: 0 }, "too_small: count must be at least 1."],
    [{ count: 10 }, "too_big: count must be at most 9."],
    [{ count: 1.5 }, "invalid_type: count must be a whole number."],
    [{ count: "1" }, "invalid_type: count must be a number, not a text."],
    [{ count: NaN }, "invalid_type: count must be a number, not NaN."],
    [{ share: Infinity }, "invalid_type: share must be a number, not infinite."],
    [{ share: 0 }, "too_small: share must be more than 0."],
    [{ share: 1 }, "too_big: share must be less than 1."],
    [{ list: [] }, "too_small: list must have at least 2 entries."],
    [{ list: ["aa", "b"] }, "too_small: list.1 must have at least 2 characters."],
    [{ list: {} }, "invalid_type: list must be a list, not an object."],
    [{ list: null }, "invalid_type: list must be a list, not null."],
    [{ mode: "c" }, "invalid_value: mode must be one of a, b."],
    [{ version: 2 }, "invalid_value: version must be 1."],
    [{ version: undefined }, "required: version is required: 1."],
    [{ mail: "x" }, "invalid_format: mail must be a valid email."],
    [{ step: 3 }, "not_multiple_of: step must be a multiple of 5."],
    [{ extra: 1 }, "unknown_field: extra is not a known field."],
    [{ label: "" }, "too_small: label must not be empty."],
    [{ label: "too long" }, "too_big: label must have at most 5 characters."],
    [{ label: { de: "zu lang" } }, "too_big: label.de must have at most 5 characters."],
    [{ label: { de: 5 } }, "invalid_type: label.de must be a text, not a number."],
    [{ label: {} }, "custom: label needs at least one locale."],
    [
      { label: { DE: "x" } },
      "invalid_key: label.DE is no key that is allowed here: it must be a locale.",
    ],
    [{ label: 5 }, "invalid_type: label must be a text or an object, not a number."],
    [{ amount: true }, "invalid_type: amount must be a number or a text, not true or false."],
    [{ figure: { shape: "star" } }, "invalid_value: figure.shape must be one of dot, box."],
    [{ figure: {} }, "required: figure.shape is required: one of dot, box."],
    [{ figure: 5 }, "invalid_type: figure must be an object, not a number."],
    [{ figure: { shape: "box" } }, "required: figure.side is required."],
  ])("%j", (fields, sentence) => {
    expect(told(fields)).toEqual([sentence])
  })

  it("tells the input as a whole by that name", () => {
    expect(issues(5)).toEqual([
      {
        path: [],
        code: "invalid_type",
        message: "The input must be an object, not a number.",
        params: { expected: "object", received: "number" },
      },
    ])
  })

  it("carries the rule's numbers and names", () => {
    expect(issues({ version: 1, count: 0, mode: "c", figure: { shape: "star" } })).toMatchObject([
      { path: ["count"], params: { minimum: 1, inclusive: true } },
      { path: ["mode"], params: { allowed: ["a", "b"] } },
      { path: ["figure", "shape"], params: { allowed: ["dot", "box"] } },
    ])
  })

  it("reads no inherited property as a value", () => {
    const strict = z.strictObject({ constructor: z.string() })
    const result = strict.safeParse({})
    expect(result.success || zodIssues(result.error, {})).toMatchObject([{ code: "required" }])
  })

  it("always has a path, a code and a sentence, with and without the input", () => {
    const field = fc.constantFrom(...Object.keys(schema.shape), "other", "__proto__")
    fc.assert(
      fc.property(
        fc.dictionary(field, fc.anything({ maxDepth: 2, maxKeys: 3 }), { maxKeys: 4 }),
        (input) => {
          const result = schema.safeParse(input)
          const found = result.success
            ? []
            : [...zodIssues(result.error, input), ...zodIssues(result.error)]
          expect(found.length > 0).toBe(!result.success)
          for (const { path, code, message } of found) {
            expect([
              Array.isArray(path),
              /^[a-z]+(_[a-z]+)*$/.test(code),
              /.[.!?]$/s.test(message),
            ]).toEqual([true, true, true])
          }
        }
      ),
      { numRuns: 500 }
    )
  })
})
