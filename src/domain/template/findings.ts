// What a check gathers, and the issues that several checks raise.
import type { Issue } from "../issue"

export type Path = Issue["path"]
export type Findings = { issues: Issue[]; warnings: Issue[] }

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

/** An issue for every key of a list that came before. */
export function duplicateKeys(items: { key: string }[], list: string): Issue[] {
  return duplicates(
    items.map(({ key }) => key),
    (index) => [list, index, "key"],
    "duplicate_key"
  )
}

/** An issue for every value that came before. */
export function duplicates(values: string[], at: (index: number) => Path, code: string): Issue[] {
  const seen = new Set<string>()
  return values.flatMap((value, index) => {
    if (!seen.has(value)) {
      seen.add(value)
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
