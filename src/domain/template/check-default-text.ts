// A text zone's default is printed like a visitor's text, so the zone's own rules must take it.
import type { Issue } from "../issue"
import { refusedCharacters } from "./characters"
import type { ZoneOf } from "./definition"
import { issue, type Path } from "./findings"
import { countGraphemes, isPlain } from "./graphemes"
import type { Parts } from "./parts"
import { compilePattern, type CompiledPattern } from "./pattern"

/**
 * What checking all defaults of a definition may cost: characters (UTF-16 units) times the states of their zone's pattern, and
 * something besides for finding graphemes and their sets. At the limit it takes some tens of milliseconds.
 */
const MAX_WORK = 400_000
const PER_PLAIN_CHARACTER = 20
const PER_CHARACTER = 100

/** An issue for every rule of its own zone that a default breaks; the rule is in `params.rule`. */
export function defaultTextIssues({ zones }: Pick<Parts, "zones">): Issue[] {
  const issues: Issue[] = []
  let work = 0
  for (const [index, zone] of zones) {
    if (zone.kind !== "text" || zone.default === undefined) {
      continue
    }
    const path = ["zones", index, "default"]
    const pattern = readable(zone.pattern)
    const each = isPlain(zone.default) ? PER_PLAIN_CHARACTER : PER_CHARACTER
    work += zone.default.length * (each + (pattern?.states ?? 0))
    if (work > MAX_WORK) {
      const message = `${path.join(".")}: the default texts are too long to be checked; shorten them or their patterns.`
      return [...issues, issue(path, "defaults_too_large", message)]
    }
    const text = zone.default.replaceAll("\r\n", "\n").normalize("NFC")
    issues.push(...refusals(zone, pattern, text, path))
  }
  return issues
}

/** A pattern that cannot be read is reported where it stands. */
function readable(source: string | undefined): CompiledPattern | null {
  const pattern = source === undefined ? null : compilePattern(source)
  return pattern && "fault" in pattern ? null : pattern
}

function refusals(
  zone: ZoneOf<"text">,
  pattern: CompiledPattern | null,
  text: string,
  path: Path
): Issue[] {
  const found: Issue[] = []
  const refuse = (rule: string, reason: string, params?: Record<string, unknown>) => {
    const message = `${path.join(".")}: ${reason}.`
    found.push(issue(path, "default_refused", message, { rule, ...params }))
  }
  const { min_length, max_length, max_lines } = zone
  const length = countGraphemes(text, max_length)
  if (length < min_length) {
    refuse("min_length", `the default is shorter than ${min_length} characters`, { min_length })
  }
  if (length > max_length) {
    refuse("max_length", `the default is longer than ${max_length} characters`, { max_length })
  }
  if (text.split("\n").length > max_lines) {
    refuse("max_lines", `the default has more than ${max_lines} lines`, { max_lines })
  }
  const characters = refusedCharacters(zone.characters, text)
  if (characters.length > 0) {
    const shown = characters.slice(0, 10)
    refuse("characters", `the default holds ${shown.join(" ")}, which the zone does not allow`, {
      characters: shown,
    })
  }
  if (pattern && !pattern.matches(text)) {
    refuse("pattern", "the default does not look like the zone's pattern", {
      pattern: zone.pattern,
    })
  }
  return found
}
