// zod's faults in our own form: each at its own path, in one plain sentence that names the field and the rule.
import type { z } from "@medusajs/framework/zod"
import type { Issue } from "./issue"

type Fault = z.core.$ZodIssue
type Path = Issue["path"]
type Sentence = { code: string; rule: string; params?: Record<string, unknown> }

/**
 * zod's faults as issues. An unknown key is reported at its own path. Of a union's branches, the one that got furthest speaks:
 * what is wrong inside of `label.de` is said there, not that `label` is neither a text nor an object.
 *
 * @param input what was parsed: with it, a field that is not there is `required`, and a wrong type is named
 * @param part where only a part of the input was parsed: its path; and how many issues are wanted at most
 */
export function zodIssues(
  error: { readonly issues: readonly Fault[] },
  input?: unknown,
  { at = [], limit = Infinity }: { at?: Path; limit?: number } = {}
): Issue[] {
  const issues: Issue[] = []
  for (const fault of error.issues) {
    if (issues.length >= limit) {
      break
    }
    issues.push(...faultIssues(fault, at, input))
  }
  return issues
}

function faultIssues(fault: Fault, base: Path, input: unknown): Issue[] {
  const path = [
    ...base,
    ...fault.path.map((part) => (typeof part === "symbol" ? String(part) : part)),
  ]
  if (fault.code === "unrecognized_keys") {
    return fault.keys.map((key) =>
      told([...path, key], { code: "unknown_field", rule: "is not a known field" })
    )
  }
  const given = input === undefined ? undefined : { value: valueAt(input, path) }
  if (given && given.value === undefined && path.length > 0 && MISSABLE.has(fault.code)) {
    return [told(path, missing(fault))]
  }
  if (fault.code === "invalid_union" && fault.errors.length > 0) {
    return furthest(fault.errors).flatMap((inner) => faultIssues(inner, path, input))
  }
  return [told(path, sentence(fault, given))]
}

function told(path: Path, { code, rule, params }: Sentence): Issue {
  const field = path.join(".") || "The input"
  // What a schema words itself goes on after the field's name; a whole sentence stands for itself.
  const message = /^[A-Z]/.test(rule) ? `${field}: ${rule}` : `${field} ${rule}`
  return {
    path,
    code,
    message: /[.!?]$/.test(message) ? message : `${message}.`,
    ...(params && { params }),
  }
}

/** What an absent value is reported as; a refinement may say more about it than that. */
const MISSABLE = new Set<Fault["code"]>(["invalid_type", "invalid_value", "invalid_union"])

function missing(fault: Fault): Sentence {
  const allowed = allowedOf(fault)
  return {
    code: "required",
    rule: allowed ? `is required: ${oneOf(allowed)}` : "is required",
    ...(allowed && { params: { allowed } }),
  }
}

/**
 * The branch whose faults lie deepest, then the one with the fewest. Where all of them stopped at the value's type, their types are
 * told together.
 */
function furthest(branches: Fault[][]): Fault[] {
  const depth = (faults: Fault[]) => Math.max(...faults.map(({ path }) => path.length))
  const typeOnly = (faults: Fault[]) =>
    faults.length === 1 && faults[0]?.code === "invalid_type" && faults[0].path.length === 0
  const tried = branches.filter((faults) => faults.length > 0 && !typeOnly(faults))
  const [best] = tried.sort((a, b) => depth(b) - depth(a) || a.length - b.length)
  if (best) {
    return best
  }
  const [first] = branches[0] ?? []
  const expected = branches.flatMap(([fault]) =>
    fault?.code === "invalid_type" ? [typeName(fault.expected)] : []
  )
  return first?.code === "invalid_type"
    ? [{ ...first, message: `must be ${[...new Set(expected)].join(" or ")}` }]
    : []
}

function sentence(fault: Fault, given: { value: unknown } | undefined): Sentence {
  switch (fault.code) {
    case "invalid_type": {
      const received = given ? { received: typeOf(given.value) } : {}
      const rule = worded(fault) ?? `must be ${typeName(fault.expected)}`
      return {
        code: fault.code,
        rule:
          received.received && received.received !== GENERAL[fault.expected]
            ? `${rule}, not ${typeName(received.received)}`
            : rule,
        params: { expected: fault.expected, ...received },
      }
    }
    case "invalid_value":
    case "invalid_union": {
      const allowed = allowedOf(fault)
      return allowed
        ? { code: "invalid_value", rule: `must be ${oneOf(allowed)}`, params: { allowed } }
        : { code: fault.code, rule: worded(fault) ?? "has a form that is not allowed" }
    }
    case "too_small": {
      const minimum = Number(fault.minimum)
      return {
        code: fault.code,
        rule: worded(fault) ?? atLeast(fault.origin, minimum, fault.inclusive !== false),
        params: { minimum, inclusive: fault.inclusive !== false },
      }
    }
    case "too_big": {
      const maximum = Number(fault.maximum)
      const bound = fault.inclusive === false ? "less than" : "at most"
      return {
        code: fault.code,
        rule: worded(fault) ?? `must ${measure(fault.origin, bound, maximum)}`,
        params: { maximum, inclusive: fault.inclusive !== false },
      }
    }
    case "not_multiple_of":
      return {
        code: fault.code,
        rule: worded(fault) ?? `must be a multiple of ${fault.divisor}`,
        params: { divisor: fault.divisor },
      }
    case "invalid_key": {
      const inner = fault.issues[0]
      const rule = inner ? sentence(inner, undefined).rule : "is not allowed"
      return { code: fault.code, rule: `is no key that is allowed here: it ${rule}` }
    }
    case "invalid_format":
      return {
        code: fault.code,
        rule: worded(fault) ?? `must be a valid ${fault.format.replaceAll("_", " ")}`,
        params: { format: fault.format },
      }
    case "custom": {
      // A refinement may name the rule that it stands for.
      const code: unknown = fault.params?.code
      return {
        code: typeof code === "string" ? code : fault.code,
        rule: worded(fault) ?? "is not allowed",
      }
    }
    case "invalid_element":
    case "unrecognized_keys":
      return { code: fault.code, rule: worded(fault) ?? "is not allowed" }
  }
}

/** A message that a schema brought along; zod's own ones all begin like this. */
function worded(fault: Fault): string | null {
  return /^(Invalid|Too (small|big)|Unrecognized)\b/.test(fault.message) ? null : fault.message
}

function atLeast(origin: string, minimum: number, inclusive: boolean): string {
  return minimum === 1 && inclusive && (origin === "string" || origin === "array")
    ? "must not be empty"
    : `must ${measure(origin, inclusive ? "at least" : "more than", minimum)}`
}

function measure(origin: string, bound: string, limit: number): string {
  switch (origin) {
    case "string":
      return `have ${bound} ${limit} characters`
    case "array":
    case "set":
    case "object":
      return `have ${bound} ${limit} entries`
    case "file":
      return `have ${bound} ${limit} bytes`
    default:
      return `be ${bound} ${limit}`
  }
}

/** The values that a fault allows. A discriminated union names them in its message, see `namesKinds`. */
function allowedOf(fault: Fault): unknown[] | null {
  if (fault.code === "invalid_value") {
    return fault.values
  }
  return fault.code === "invalid_union" && fault.message.startsWith(KINDS)
    ? fault.message.slice(KINDS.length).split(", ")
    : null
}

const KINDS = "must be one of "

/** For a discriminated union's parameters: a value of no known kind is answered with the kinds there are. */
export const namesKinds = {
  error: (fault: z.core.$ZodRawIssue): string | undefined => {
    if (fault.code !== "invalid_union" || typeof fault.discriminator !== "string") {
      return undefined
    }
    const internals = fault.inst?._zod
    const kinds =
      internals && "propValues" in internals
        ? internals.propValues?.[fault.discriminator]
        : undefined
    return kinds && `${KINDS}${[...kinds].map(String).join(", ")}`
  },
}

function oneOf(allowed: unknown[]): string {
  return allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.map(String).join(", ")}`
}

const TYPE_NAMES: Record<string, string> = {
  string: "a text",
  number: "a number",
  nan: "NaN",
  infinity: "infinite",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  null: "null",
  undefined: "left out",
}

/** Types that are a part of another one: 1.5 is no whole number, yet a number. */
const GENERAL: Record<string, string> = { int: "number", record: "object" }

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? `a ${type}`
}

function typeOf(value: unknown): string {
  if (value === null) {
    return "null"
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    return Number.isNaN(value) ? "nan" : "infinity"
  }
  if (typeof value === "number") {
    return "number"
  }
  return Array.isArray(value) ? "array" : typeof value
}

/** The value at a path, own properties only: a name like `constructor` leads nowhere. */
function valueAt(input: unknown, path: Path): unknown {
  let value = input
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) {
      return undefined
    }
    value = Reflect.get(value, part)
  }
  return value
}
