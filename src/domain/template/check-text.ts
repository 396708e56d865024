// Text zones and fixed words: their fonts exist, their numbers fit together, their pattern can be read.
import type { Issue } from "../issue"
import { charactersIssue, holdsUnprintable, SET_SAMPLES } from "./characters"
import type { DefinitionContext } from "./check"
import type { ZoneOf } from "./definition"
import {
  duplicateColors,
  duplicates,
  issue,
  unknownKey,
  type Findings,
  type Path,
} from "./findings"
import { compilePattern } from "./pattern"

/** Adds what is wrong with a text zone; whether its default keeps the zone's rules, see `wordsIssues`. */
export function checkText(
  zone: ZoneOf<"text">,
  at: Path,
  context: DefinitionContext,
  { issues, warnings }: Findings
): void {
  for (const [index, font] of zone.fonts.entries()) {
    checkFont(font, [...at, "fonts", index], context, issues)
  }
  warnings.push(...uncoveredSets(zone, at, context))
  if (!zone.arc) {
    warnings.push(...tooLargeFor(zone.frame, zone.size.min, [...at, "size", "min"]))
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
  } else if (pattern && pattern.shortest > zone.max_length) {
    const message = `${at.join(".")}.pattern: no text of ${zone.max_length} characters or fewer looks like it; the shortest has ${pattern.shortest}.`
    warnings.push(issue([...at, "pattern"], "pattern_too_long", message))
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
  { issues, warnings }: Findings
): void {
  checkFont(zone.font, [...at, "font"], context, issues)
  if (!zone.arc) {
    warnings.push(...tooLargeFor(zone.frame, zone.size, [...at, "size"]))
  }
  checkArc(zone.arc !== undefined && zone.text.includes("\n"), at, issues)
  checkPrintable(zone.text, [...at, "text"], issues)
}

/** Warns of fonts that have nothing of a set which the zone allows: visitors' texts in it are refused. */
function uncoveredSets(
  { fonts, characters }: ZoneOf<"text">,
  at: Path,
  { missing_glyphs }: DefinitionContext
): Issue[] {
  if (!missing_glyphs || !characters) {
    return []
  }
  return fonts.flatMap((font, index) => {
    const missing = missingSamples(missing_glyphs, font)
    const sets = characters.sets.filter((set) => missing.has(SET_SAMPLES[set]))
    const path = [...at, "fonts", index]
    const message = `${path.join(".")}: the font ${font} has no characters of ${sets.join(", ")}, which the zone allows.`
    return sets.length === 0 ? [] : [issue(path, "glyph_missing", message, { font, sets })]
  })
}

type MissingGlyphs = NonNullable<DefinitionContext["missing_glyphs"]>

/** What each font lacks of the samples: a definition may name a font hundreds of times. */
const lackedSamples = new WeakMap<MissingGlyphs, Map<string, ReadonlySet<string>>>()

function missingSamples(missingGlyphs: MissingGlyphs, font: string): ReadonlySet<string> {
  const known = lackedSamples.get(missingGlyphs) ?? new Map<string, ReadonlySet<string>>()
  lackedSamples.set(missingGlyphs, known)
  const missing =
    known.get(font) ?? new Set(missingGlyphs(font, Object.values(SET_SAMPLES).join(" ")))
  known.set(font, missing)
  return missing
}

/** Less of a font's size than capitals usually take (Inter's take 0.727), so that nothing which might fit is warned of. */
const CAPITALS = 0.6
const MM_PER_POINT = 25.4 / 72

/** Warns of letters that are higher than their frame at the smallest size. */
function tooLargeFor(frame: { height: number }, points: number, path: Path): Issue[] {
  const height = points * MM_PER_POINT * CAPITALS
  if (height <= frame.height) {
    return []
  }
  const message = `${path.join(".")}: letters of ${points} points do not fit into a frame that is ${frame.height} mm high.`
  return [issue(path, "text_cannot_fit", message)]
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
