// Text zones and fixed words: their fonts exist, their numbers fit together, their pattern can be read.
import type { Issue } from "../issue"
import { charactersIssue, holdsUnprintable } from "./characters"
import type { DefinitionContext } from "./check"
import type { ZoneOf } from "./definition"
import { duplicateColors, duplicates, issue, unknownKey, type Path } from "./findings"
import { compilePattern } from "./pattern"

/** Adds what is wrong with a text zone; whether its default keeps the zone's rules, see `wordsIssues`. */
export function checkText(
  zone: ZoneOf<"text">,
  at: Path,
  context: DefinitionContext,
  issues: Issue[]
): void {
  for (const [index, font] of zone.fonts.entries()) {
    checkFont(font, [...at, "fonts", index], context, issues)
  }
  issues.push(
    ...duplicates(zone.fonts, (index) => [...at, "fonts", index], "duplicate_font"),
    ...duplicateColors(zone.colors, at)
  )
  const { min, max, default: initial } = zone.size
  if (!(min <= initial && initial <= max)) {
    const message = `${at.join(".")}.size: min, default and max must not decrease.`
    issues.push(issue([...at, "size"], "size_order", message))
  }
  if (zone.min_length > zone.max_length) {
    const message = `${at.join(".")}: min_length must not exceed max_length.`
    issues.push(issue([...at, "min_length"], "length_order", message))
  }
  checkArc(zone.arc !== undefined && zone.max_lines > 1, at, issues)
  const pattern = zone.pattern === undefined ? null : compilePattern(zone.pattern)
  if (pattern && "fault" in pattern) {
    const { fault, position } = pattern
    const message = `${at.join(".")}.pattern: ${fault}, at character ${position + 1}.`
    issues.push(issue([...at, "pattern"], "invalid_pattern", message, { position }))
  }
  const fault = charactersIssue(zone, [...at, "characters"])
  if (fault) {
    issues.push(fault)
  }
  checkPrintable(zone.default ?? "", [...at, "default"], issues)
}

/** Adds what is wrong with words that are the same on every copy. */
export function checkStaticText(
  zone: ZoneOf<"static_text">,
  at: Path,
  context: DefinitionContext,
  issues: Issue[]
): void {
  checkFont(zone.font, [...at, "font"], context, issues)
  checkArc(zone.arc !== undefined && zone.text.includes("\n"), at, issues)
  checkPrintable(zone.text, [...at, "text"], issues)
}

function checkFont(key: string, path: Path, context: DefinitionContext, issues: Issue[]): void {
  if (!context.fonts.has(key)) {
    issues.push(unknownKey(path, "font", key))
  }
}

function checkArc(severalLines: boolean, at: Path, issues: Issue[]): void {
  if (severalLines) {
    const message = `${at.join(".")}: text on an arc has one line only.`
    issues.push(issue([...at, "arc"], "arc_single_line", message))
  }
}

function checkPrintable(text: string, path: Path, issues: Issue[]): void {
  if (holdsUnprintable(text)) {
    const message = `${path.join(".")} holds a control or direction character, which cannot be printed.`
    issues.push(issue(path, "refused_character", message))
  }
}
