// Words that a template brings along are printed like a visitor's: a default keeps the rules of its own zone, and every
// character has a picture in its font.
import type { Issue } from "../issue"
import { refusedCharacters } from "./characters"
import type { DefinitionContext } from "./check"
import type { Zone, ZoneOf } from "./definition"
import { issue, type Path } from "./findings"
import { countGraphemes, isBlank, isPlain } from "./graphemes"
import { prepareText } from "./letter-case"
import type { Entry } from "./parts"
import { compilePattern, type CompiledPattern } from "./pattern"

/**
 * What checking all words of a definition may cost: characters (UTF-16 units) times the steps of their zone's pattern, and
 * something besides for finding graphemes, their sets and their glyphs. At the limit it takes some tens of milliseconds.
 */
const MAX_WORK = 400_000
const PER_PLAIN_CHARACTER = 20
const PER_CHARACTER = 100

/**
 * An issue for every rule of its own zone that a default breaks (the rule is in `params.rule`), and for characters that the font
 * of a default or of fixed words cannot draw.
 */
export function wordsIssues(
  zones: readonly Entry<Zone>[],
  { missing_glyphs }: Pick<DefinitionContext, "missing_glyphs">
): Issue[] {
  const issues: Issue[] = []
  let work = 0
  for (const [index, zone] of zones) {
    const words = wordsOf(zone)
    if (!words) {
      continue
    }
    const { text, field, font } = words
    const path = ["zones", index, field]
    const pattern = readable(zone.kind === "text" ? zone.pattern : undefined)
    const each = isPlain(text) ? PER_PLAIN_CHARACTER : PER_CHARACTER
    work += text.length * (each + (pattern?.size ?? 0))
    if (work > MAX_WORK) {
      const message = `${path.join(".")}: the default and fixed texts are too long to be checked; shorten them or their patterns.`
      return [...issues, issue(path, "defaults_too_large", message)]
    }
    const refused = zone.kind === "text" ? refusals(zone, pattern, text, path) : []
    const characters = missing_glyphs?.(font, prepareText(text, words.letter_case)) ?? []
    issues.push(...refused)
    if (characters.length > 0 && refused.length === 0) {
      issues.push(glyphMissing(path, font, [...new Set(characters)]))
    }
  }
  return issues
}

type Words = Pick<ZoneOf<"static_text">, "text" | "font" | "letter_case"> & {
  field: "default" | "text"
}

function wordsOf(zone: Zone): Words | null {
  if (zone.kind === "static_text") {
    return { ...zone, field: "text" }
  }
  return zone.kind === "text" && zone.default !== undefined
    ? {
        text: zone.default,
        font: zone.fonts[0] ?? "",
        letter_case: zone.letter_case,
        field: "default",
      }
    : null
}

function glyphMissing(path: Path, font: string, characters: string[]): Issue {
  const shown = characters.slice(0, 20)
  const message = `${path.join(".")}: the font ${font} cannot print ${shown.join(" ")}.`
  return issue(path, "glyph_missing", message, { font, characters: shown })
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
  if (isBlank(text)) {
    refuse("blank", "the default prints nothing; leave it out")
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
  if (pattern && !pattern.matches(prepareText(text, zone.letter_case))) {
    refuse("pattern", "the default does not look like the zone's pattern", {
      pattern: zone.pattern,
    })
  }
  return found
}

/**
 * What judging the texts of a whole design may cost: the steps of each zone's pattern times the characters that the zone
 * takes. A visitor's longest texts, with marks on every letter, then take some tenths of a second at the worst.
 */
const MAX_PATTERN_WORK = 400_000

/** An issue where the patterns of a definition together cost too much. */
export function patternWorkIssues(zones: readonly Entry<Zone>[]): Issue[] {
  let work = 0
  for (const [index, zone] of zones) {
    const pattern = readable(zone.kind === "text" ? zone.pattern : undefined)
    work += pattern && zone.kind === "text" ? pattern.size * zone.max_length : 0
    if (work > MAX_PATTERN_WORK) {
      const path = ["zones", index, "pattern"]
      const message = `${path.join(".")}: the patterns of all zones repeat too much for texts of this length; shorten them or lower max_length.`
      return [issue(path, "patterns_too_large", message, { max_work: MAX_PATTERN_WORK })]
    }
  }
  return []
}
