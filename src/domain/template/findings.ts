// What a check gathers, and the issues that several checks raise.
import type { Issue } from "../issue"

export type Path = Issue["path"]
export type Findings = { issues: Issue[]; warnings: Issue[] }

/** An issue, without `params` when there are none. */
export function issue(
  path: Path,
  code: string,
  message: string,
  params?: Record<string, unknown>
): Issue {
  return { path, code, message, ...(params && { params }) }
}

/** A key that leads nowhere; the code is `unknown_` and the kind. */
export function unknownKey(path: Path, kind: string, key: string): Issue {
  return issue(
    path,
    `unknown_${kind.replaceAll(" ", "_")}`,
    `${path.join(".")}: there is no ${kind} with the key ${key}.`,
    { key }
  )
}

/** An issue for every key of a list that came before; places without a key are passed over. */
export function duplicateKeys(keys: readonly (string | undefined)[], list: string): Issue[] {
  return duplicates(keys, (index) => [list, index, "key"], "duplicate_key")
}

/** An issue for every value that came before. */
export function duplicates(
  values: readonly (string | undefined)[],
  at: (index: number) => Path,
  code: string
): Issue[] {
  const seen = new Set<string>()
  return values.flatMap((value, index) => {
    if (value === undefined || !seen.has(value)) {
      seen.add(value ?? "")
      return []
    }
    const path = at(index)
    return [issue(path, code, `${path.join(".")}: ${value} is taken already.`, { value })]
  })
}

/** An issue for every colour of a palette that came before. */
export function duplicateColors(colors: { value: string }[], zone: Path): Issue[] {
  return duplicates(
    colors.map(({ value }) => value),
    (index) => [...zone, "colors", index, "value"],
    "duplicate_color"
  )
}
