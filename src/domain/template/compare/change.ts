// One change between two versions, and what gathers them.
import type { Path } from "../findings"

/**
 * - `path`: in the new definition; for something that is gone, in the old one.
 * - `code`: a stable snake_case word.
 * - `message`: one English sentence without technical terms; zones are called by their English label.
 * - `params`: the names and numbers of the message.
 */
export type Change = {
  path: Path
  code: string
  severity: "breaking" | "notice"
  message: string
  params?: Record<string, unknown>
}

type Params = Record<string, unknown>

/** Gathers changes in the order of their discovery; `sorted` gives them, breaking ones first. */
export class Changes {
  private readonly found: Change[] = []

  breaking(path: Path, code: string, message: string, params?: Params): void {
    this.found.push({ path, code, severity: "breaking", message, ...(params && { params }) })
  }

  notice(path: Path, code: string, message: string, params?: Params): void {
    this.found.push({ path, code, severity: "notice", message, ...(params && { params }) })
  }

  sorted(): Change[] {
    return [
      ...this.found.filter(({ severity }) => severity === "breaking"),
      ...this.found.filter(({ severity }) => severity === "notice"),
    ]
  }
}

/** Two values that say the same: the order of fields does not count, nor whether an undefined one is there. */
export function same(before: unknown, after: unknown): boolean {
  if (typeof before !== "object" || typeof after !== "object" || !before || !after) {
    return before === after
  }
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return (
    Array.isArray(before) === Array.isArray(after) &&
    [...new Set([...left.keys(), ...right.keys()])].every((key) =>
      same(left.get(key), right.get(key))
    )
  )
}

/** What the first list has and the second lacks. */
export function lacking<T>(before: readonly T[], after: readonly T[]): T[] {
  const kept = new Set(after)
  return before.filter((item) => !kept.has(item))
}
